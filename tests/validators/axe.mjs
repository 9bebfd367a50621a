// axe.mjs DIRECTORY: runs axe-core over every page of a site, in Chromium, wide and narrow, in light and in dark.
//
// The site is served on 127.0.0.1, and the browser reaches nothing else. Prints a JSON object a line: {file} for each
// page that was opened, and {file, rule, message} for each violation, script error, request to elsewhere, or page that
// one must scroll sideways at 320 pixels.
import { createReadStream, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const VIEWS = [
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 320, height: 640, colorScheme: 'dark' },
];
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp',
};

const installed = process.env.PLANTIN_VALIDATORS;
const require = createRequire(resolve(installed, 'node', 'package.json'));
const { chromium } = (await import(pathToFileURL(require.resolve('playwright-core')))).default;
const axe = require.resolve('axe-core/axe.min.js');
const root = resolve(process.argv[2]);
const say = (object) => console.log(JSON.stringify(object));

/** The pages under a folder, as paths with slashes. */
function pages(under = '') {
  return readdirSync(join(root, under), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = under ? `${under}/${entry.name}` : entry.name;
      return entry.isDirectory() ? pages(path) : path.endsWith('.html') ? [path] : [];
    });
}

/** Serves the site; answers its server. */
async function serve() {
  const server = createServer((request, response) => {
    let file = join(root, normalize(decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname)));
    try {
      if (!(file + sep).startsWith(root + sep)) throw new Error('outside');
      if (statSync(file).isDirectory()) file = join(file, 'index.html');
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-length': statSync(file).size });
      createReadStream(file).pipe(response);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

/** Opens a page in a view and says what is wrong with it. */
async function check(tab, origin, file, { width, height, colorScheme }) {
  const fail = (rule, message) => say({ file, rule, message: `at ${width} pixels, ${colorScheme}: ${message}` });
  tab.on('pageerror', (error) => fail('script error', error.message));
  await tab.route((url) => !url.href.startsWith(origin) && !/^(data|blob|about):/.test(url.protocol), (route) => {
    fail('request to elsewhere', route.request().url());
    return route.abort();
  });
  await tab.setViewportSize({ width, height });
  await tab.emulateMedia({ colorScheme });
  await tab.goto(origin + file.split('/').map(encodeURIComponent).join('/'), { waitUntil: 'load' });
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) fail('reflow', `the page is ${wide} pixels too wide`);
  await tab.addScriptTag({ path: axe });
  const { violations } = await tab.evaluate((values) => globalThis.axe.run({ runOnly: { type: 'tag', values } }), TAGS);
  for (const { id, nodes } of violations) {
    for (const node of nodes) fail(id, `${node.failureSummary} [${node.target.join(' ')}]`);
  }
}

const profile = mkdtempSync(join(tmpdir(), 'plantin-axe-'));
const server = await serve();
const origin = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: resolve(installed, 'bin/chromium'),
  bypassCSP: true,
  timeout: 120000,
});
browser.setDefaultTimeout(120000);
try {
  for (const file of pages()) {
    say({ file });
    for (const view of VIEWS) {
      const tab = await browser.newPage();
      await check(tab, origin, file, view);
      await tab.close();
    }
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
