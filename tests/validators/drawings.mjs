// drawings.mjs DIRECTORY: opens every drawing of a folder, then every page, in Chromium, and says what they do.
//
// The folder is served on 127.0.0.1. A drawing that is only shown opens no dialog, goes nowhere, asks for nothing and
// runs nothing. Prints a JSON object a line: {file} for each that was opened, and {file, does} for each thing done.
import { createReadStream, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const installed = process.env.PLANTIN_VALIDATORS;
const require = createRequire(resolve(installed, 'node', 'package.json'));
const { chromium } = (await import(pathToFileURL(require.resolve('playwright-core')))).default;
const root = resolve(process.argv[2]);
const say = (object) => console.log(JSON.stringify(object));

/** The drawings and pages under a folder, as paths with slashes. */
function files(under = '') {
  return readdirSync(join(root, under), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = under ? `${under}/${entry.name}` : entry.name;
      return entry.isDirectory() ? files(path) : /\.(svg|html)$/.test(path) ? [path] : [];
    });
}

/** Serves the folder; answers its server. */
async function serve() {
  const server = createServer((request, response) => {
    try {
      const file = resolve(join(root, decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname)));
      if (!file.startsWith(root + sep) || !statSync(file).isFile()) throw new Error('outside');
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
      createReadStream(file).pipe(response);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

const profile = mkdtempSync(join(tmpdir(), 'plantin-drawings-'));
const server = await serve();
const origin = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launchPersistentContext(profile, { executablePath: join(installed, 'bin/chromium') });
browser.setDefaultTimeout(120000);
try {
  for (const file of files()) {
    say({ file });
    const tab = await browser.newPage();
    const does = (it) => say({ file, does: it });
    const address = origin + file.split('/').map(encodeURIComponent).join('/');
    const isPage = file.endsWith('.html');
    let opened = 0;
    tab.on('dialog', (dialog) => { does(`dialog ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
    tab.on('popup', (popup) => does(`window ${popup.url()}`));
    tab.on('frameattached', () => does('frame'));
    tab.on('framenavigated', (frame) => { if (frame.url() !== address && frame.url() !== 'about:blank') does(`goes to ${frame.url()}`); });
    tab.on('request', (request) => {
      const url = request.url();
      if (url === address && opened++ === 0) return;
      // A browser asks for an icon by itself; a page shows what lies beside it.
      if (url.startsWith('data:') || url.endsWith('/favicon.ico') || (isPage && url.startsWith(origin))) return;
      does(`asks for ${url}`);
    });
    await tab.goto(address, { waitUntil: 'load' }).catch((error) => does(`cannot be opened: ${error.message}`));
    if (!isPage) {
      // What waits for the reader: a click, a key, the pointer.
      await tab.mouse.move(30, 30).catch(() => {});
      await tab.mouse.click(40, 40).catch(() => {});
      await tab.keyboard.press('Tab').catch(() => {});
    }
    await tab.waitForTimeout(isPage ? 300 : 40);
    await tab.close();
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
