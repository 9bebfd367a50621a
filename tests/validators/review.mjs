// review.mjs ADDRESS FILE: reviews a page in Chromium as a person would, with the keyboard alone, on the page at this
// address, which `plantin review` serves; FILE is the catalogue that it saves into.
//
// Prints a JSON object a line: {step} for each thing that was tried and held, {step, fault} for each that did not.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const VIEWS = [
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
  { width: 320, height: 640, colorScheme: 'light' },
  { width: 320, height: 256, colorScheme: 'dark' },
];

const installed = process.env.PLANTIN_VALIDATORS;
const require = createRequire(resolve(installed, 'node', 'package.json'));
const { chromium } = (await import(pathToFileURL(require.resolve('playwright-core')))).default;
const axe = require.resolve('axe-core/axe.min.js');
const [list, store] = process.argv.slice(2);
const sheet = list.replace(/\?.*/, 'page?language=en&page=/accueil/');

function say(step, fault) {
  console.log(JSON.stringify(fault ? { step, fault } : { step }));
}

/** Tries until it holds, and says whether it did. */
async function hold(step, test, patience = 10000) {
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

const po = () => readFileSync(store, 'utf8');
const profile = mkdtempSync(join(tmpdir(), 'plantin-review-'));
const options = { executablePath: resolve(installed, 'bin/chromium'), timeout: 120000 };
const browser = await chromium.launchPersistentContext(profile, options);
browser.setDefaultTimeout(30000);

// Whoever has the address enters once; from then on the browser shows a cookie.
const first = await browser.newPage();
await first.goto(list, { waitUntil: 'load' });
await hold('the secret does not stay in the address', async () => !first.url().includes('key='));
await first.close();

async function open(address, step, view = VIEWS[0]) {
  const tab = await browser.newPage();
  tab.on('pageerror', (error) => say(step, `script error: ${error.message}`));
  tab.on('console', (it) => {
    // That a request was refused is what some of the steps are about.
    if (it.type() === 'error' && !it.text().includes('Failed to load resource')) say(step, it.text());
  });
  tab.on('request', (it) => {
    if (!it.url().startsWith(new URL(list).origin) && !it.url().startsWith('data:')) say(step, `request to ${it.url()}`);
  });
  await tab.setViewportSize(view);
  await tab.emulateMedia({ colorScheme: view.colorScheme });
  await tab.goto(address, { waitUntil: 'load' });
  return tab;
}

/** Presses keys, one after the other. */
async function keys(tab, ...names) {
  for (const name of names) await tab.keyboard.press(name);
}

/** Puts a text in the place of what the field holds. */
async function retype(tab, text) {
  await keys(tab, 'Control+a', 'Delete');
  await tab.keyboard.type(text);
}

const where = (tab) => tab.locator('#where').innerText();
const value = (tab) => tab.locator('#translation').inputValue();
const status = (tab) => tab.locator('#status').textContent();
const checks = (tab) => tab.locator('#checks').innerText();
const focus = (tab) => tab.evaluate(() => document.activeElement.id);

async function reviewed() {
  const tab = await open(sheet, 'review');
  await hold('it begins with the first passage to do', async () =>
    (await where(tab)).includes('Out of date') && (await value(tab)).startsWith('An old'));
  await hold('the words that changed are shown', async () =>
    (await tab.locator('#before del').innerText()).trim() === 'vieux');
  await keys(tab, 'j', 'k');
  await hold('j and k go and come back', async () => (await where(tab)).includes('Passage 3 of 4'));
  await keys(tab, 'e');
  await hold('e goes to the field', async () => (await focus(tab)) === 'translation');
  await retype(tab, 'A link and `code`.');
  await hold('a link that is left out is reported at once', async () =>
    (await checks(tab)).includes('/fr/accueil/'));
  await keys(tab, 'Control+Enter');
  await hold('and the translation is not saved', async () =>
    (await status(tab)).startsWith('Not saved') && !po().includes('A link and'));
  await retype(tab, 'A [link](/fr/accueil/) and `code`.');
  await hold('what is mended is no longer reported', async () => (await checks(tab)) === 'Nothing to report');
  await hold('the page shows it while it is typed', async () =>
    (await tab.locator('.target').filter({ hasText: 'A link and' }).count()) === 1);
  await keys(tab, 'Control+Enter');
  await hold('it is saved, and the mark is gone', async () =>
    po().includes('msgstr "A [link](/fr/accueil/) and `code`."') && !po().includes('fuzzy'));
  await hold('the next passage to do comes up', async () => (await where(tab)).includes('Not translated'));
  await keys(tab, 'Escape', 'f');
  await hold('f goes to the filter', async () =>
    (await tab.evaluate(() => document.activeElement.value)) === 'all');
  await keys(tab, 'ArrowRight');
  await hold('the filter shows only what is to do', async () =>
    (await tab.locator('.row:visible').count()) === 1);
  await keys(tab, 'e');
  await tab.keyboard.type('A new paragraph.');
  await keys(tab, 'Control+Shift+Enter');
  await hold('it is saved as reviewed', async () =>
    /#, reviewed\nmsgid "Un paragraphe nouveau\."\nmsgstr "A new paragraph\."/.test(po()));
  await hold('nothing is left to do', async () => (await status(tab)).length > 0
    && (await tab.locator('#count_left').innerText()) === '0');
  await tab.reload();
  await hold('it is still there after the page is loaded again', async () =>
    (await tab.locator('.target').filter({ hasText: 'A new paragraph.' }).count()) === 1
    && (await tab.locator('#done').innerText()) === '4 of 4');
  await keys(tab, '?');
  await hold('the help opens', async () => tab.locator('#help').evaluate((it) => it.open));
  await keys(tab, 'Escape');
  await hold('and closes', async () => !(await tab.locator('#help').evaluate((it) => it.open)));
  await keys(tab, 'n');
  await hold('n says that nothing is left', async () => (await status(tab)).startsWith('Nothing left'));
  await tab.close();
}

async function refused() {
  const tab = await open(sheet, 'conflict');
  await keys(tab, 'e');
  await retype(tab, 'Mine');
  writeFileSync(store, po().replace('"Home"', '"Theirs"'));
  await keys(tab, 'Control+s');
  await hold('a file that changed underneath is not written over', async () =>
    tab.locator('#conflict').evaluate((it) => it.open));
  await hold('both texts are shown', async () =>
    (await tab.locator('#yours').innerText()) === 'Mine' && (await tab.locator('#theirs').innerText()) === 'Theirs');
  await hold('and the file is as it was', async () => po().includes('"Theirs"') && !po().includes('"Mine"'));
  await keys(tab, 'Tab');
  await hold('the keyboard reaches the choice', async () => (await focus(tab)) === 'take_theirs');
  await keys(tab, 'Enter');
  await hold('the file’s can be taken', async () => (await value(tab)) === 'Theirs' && po().includes('"Theirs"'));
  await retype(tab, 'Mine again');
  writeFileSync(store, po().replace('"Theirs"', '"Theirs too"'));
  await keys(tab, 'Control+s');
  await hold('it is refused again', async () => tab.locator('#conflict').evaluate((it) => it.open));
  await keys(tab, 'Enter');
  await hold('and one’s own can be kept', async () => po().includes('"Mine again"'));
  await tab.close();
}

/** Every passage can be reached and edited by pressing Tab and keys alone. */
async function tabbed() {
  const tab = await open(sheet, 'keyboard');
  const met = new Set();
  for (let times = 0; times < 40; times += 1) {
    await keys(tab, 'Tab');
    met.add(await focus(tab));
  }
  for (const id of ['translation', 'save', 'save_reviewed', 'previous', 'next', 'next_left', 'help_button']) {
    say(`Tab reaches ${id}`, met.has(id) ? null : `it is not among ${[...met].join(' ')}`);
  }
  await tab.locator('#letters').evaluate((it) => it.click());
  const before = await where(tab);
  await tab.locator('#next').focus();
  await keys(tab, 'j');
  say('letters can be switched off', (await where(tab)) === before ? null : 'j still counts');
  await keys(tab, 'Alt+ArrowDown');
  await hold('Alt and an arrow go on everywhere', async () => (await where(tab)) !== before);
  await tab.locator('#letters').evaluate((it) => it.click());
  await tab.close();
}

async function accessible() {
  // axe is a script of ours: the policy of the page, which forbids it, is tried above.
  const own = await chromium.launchPersistentContext(mkdtempSync(join(profile, 'axe-')), { ...options, bypassCSP: true });
  for (const view of VIEWS) {
    for (const [address, act] of [[list], [sheet], [sheet, '?'], [sheet, 'f']]) {
      const step = `axe at ${view.width} × ${view.height}, ${view.colorScheme}: ${address === list ? 'the list' : `the page ${act ?? ''}`}`;
      const tab = await own.newPage();
      await tab.setViewportSize(view);
      await tab.emulateMedia({ colorScheme: view.colorScheme });
      await tab.goto(address, { waitUntil: 'load' });
      if (act) await keys(tab, act);
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await tab.addScriptTag({ path: axe });
      const { violations } = await tab.evaluate(
        (values) => globalThis.axe.run({ runOnly: { type: 'tag', values } }), TAGS);
      const faults = violations.flatMap(({ id, nodes }) => nodes.map((it) => `${id}: ${it.failureSummary} [${it.target}]`));
      if (wide > 0) faults.push(`the page is ${wide} pixels too wide`);
      say(step, faults.join('; ') || null);
      await tab.close();
    }
  }
  await own.close();
}

try {
  await accessible();
  await reviewed();
  await refused();
  await tabbed();
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
