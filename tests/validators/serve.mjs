// serve.mjs ADDRESS FILE: reads the preview in Chromium as a person would, at the address that `plantin serve` prints;
// FILE is a page of the workspace, which is changed.
//
// Prints a JSON object a line: {step} for each thing that was tried and held, {step, fault} for each that did not.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const installed = process.env.PLANTIN_VALIDATORS;
const require = createRequire(resolve(installed, 'node', 'package.json'));
const { chromium } = (await import(pathToFileURL(require.resolve('playwright-core')))).default;
const [address, file] = process.argv.slice(2);

function say(step, fault) {
  console.log(JSON.stringify(fault ? { step, fault } : { step }));
}

/** Tries until it holds, and says whether it did. */
async function hold(step, test, patience = 60000) {
  const end = Date.now() + patience;
  let last;
  do {
    try {
      last = await test();
      if (last === true) return say(step);
    } catch (error) {
      last = error.message;
    }
    await new Promise((done) => setTimeout(done, 50));
  } while (Date.now() < end);
  say(step, String(last));
}

const profile = mkdtempSync(join(tmpdir(), 'plantin-serve-'));
const options = { executablePath: resolve(installed, 'bin/chromium'), timeout: 120000 };
const browser = await chromium.launchPersistentContext(profile, options);
browser.setDefaultTimeout(60000);

async function read() {
  const tab = await browser.newPage();
  tab.on('pageerror', (error) => say('no script fails', error.message));
  tab.on('console', (it) => {
    // A browser asks every host for its icon, outside of what is let in.
    const isIcon = it.location().url.endsWith('/favicon.ico');
    if (it.type() === 'error' && !isIcon) say('nothing is refused', `${it.text()} ${it.location().url}`);
  });
  tab.on('request', async (it) => {
    const referrer = (await it.allHeaders().catch(() => ({}))).referer ?? '';
    if (referrer.includes('key=')) say('the secret is told to nobody', it.url());
  });
  await tab.goto(address, { waitUntil: 'load' });
  await hold('the secret does not stay in the address', async () => !tab.url().includes('key='));
  await tab.goto(new URL('fr/a/', tab.url()).href, { waitUntil: 'load' });
  await hold('a page is shown', async () => (await tab.innerText('main')).includes('Avant.'));
  await tab.reload({ waitUntil: 'load' });
  await hold('and again when it is loaded anew', async () => (await tab.innerText('main')).includes('Avant.'));
  await hold('with its style', async () =>
    (await tab.evaluate(() => document.styleSheets.length > 1 && document.styleSheets[0].cssRules.length > 9)));
  await tab.click('.site-title a');
  await hold('its links lead on', async () => (await tab.locator('main').count()) === 1);
  await tab.goBack({ waitUntil: 'load' });
  await hold('and back', async () => (await tab.innerText('main')).includes('Avant.'));
  writeFileSync(file, readFileSync(file, 'utf8').replace('Avant.', 'Après.'));
  await hold('a change is shown by itself', async () => (await tab.innerText('main')).includes('Après.'));
  return tab.url();
}

/** Another user's server on this machine, to which the browser is led. */
async function spy(page) {
  const seen = [];
  const body = `<img src="${page}"><iframe src="${page}"></iframe><script>
    fetch(${JSON.stringify(page)}, { credentials: 'include' }).then((it) => it.text()).then((it) => fetch('/got?' + it.length))
      .catch(() => fetch('/nothing'));
  </script><a href="${page}">x</a>`;
  const server = createServer((request, response) => {
    seen.push([request.url, request.headers.cookie ?? '']);
    response.setHeader('content-type', 'text/html');
    response.end(request.url === '/' ? body : '');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const tab = await browser.newPage();
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await hold('another server of this machine reads nothing', async () => seen.some((it) => it[0] === '/nothing'));
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await hold('and is not told the cookie', async () => seen.every((it) => it[1] === ''));
  await hold('nor shows the preview in a frame', async () =>
    (await Promise.all(tab.frames().slice(1).map((it) => it.content().catch(() => '')))).every((it) => !it.includes('Après.')));
  await tab.click('a');
  await hold('nor leads there', async () => (await tab.content()).includes('address bar'));
  server.close();
}

try {
  await spy(await read());
} catch (error) {
  say('to the end', error.message);
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
