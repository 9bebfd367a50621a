// accessibility_tree.mjs DIRECTORY: what Chromium tells a screen reader of every page of a site (its accessibility tree).
//
// Prints a JSON object a line: {page, kind, text, level, to} for each heading, link, image, item, cell and run of text of
// the main part of each page, in reading order. The calls of notes,
// the ways back and the list of what is on the page are passed over; what an abbreviation stands for is met where it
// comes first.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const installed = process.env.PLANTIN_VALIDATORS;
const require = createRequire(resolve(installed, 'node', 'package.json'));
const { chromium } = (await import(pathToFileURL(require.resolve('playwright-core')))).default;
const root = resolve(process.argv[2]);
const PASSED = ['navigation', 'doc-noteref', 'doc-backlink', 'DocNoteRef', 'DocBackLink', 'ListMarker', 'InlineTextBox', 'LineBreak'];
const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
const CELLS = ['cell', 'gridcell', 'columnheader', 'rowheader'];

/** The pages: the folders with an index, as addresses. */
function pages(under = '/') {
  return readdirSync(join(root, under), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((it) => (it.isDirectory() ? pages(`${under}${it.name}/`) : it.name === 'index.html' ? [under] : []));
}

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://127.0.0.1').pathname);
  const file = resolve(join(root, path.endsWith('/') ? `${path}index.html` : path));
  try {
    if (!file.startsWith(root + sep)) throw new Error('outside');
    const bytes = readFileSync(file);
    const type = TYPES[file.split('.').pop()];
    response.writeHead(200, type ? { 'content-type': type } : {}).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;
const profile = mkdtempSync(join(tmpdir(), 'plantin-tree-'));
const options = { executablePath: resolve(installed, 'bin/chromium'), timeout: 120000 };
const browser = await chromium.launchPersistentContext(profile, options);
browser.setDefaultTimeout(120000);

/** The tree of a page, each node with its kids. */
async function tree(page) {
  const tab = await browser.newPage();
  try {
    await tab.goto(origin + page.split('/').map(encodeURIComponent).join('/'), { waitUntil: 'load' });
    // A reader opens what is folded.
    await tab.evaluate(() => document.querySelectorAll('details').forEach((it) => { it.open = true; }));
    const session = await tab.context().newCDPSession(tab);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const known = new Map(nodes.map((it) => [it.nodeId, it]));
    const images = new Set();
    for (const it of nodes.filter((it) => /^(image|img)$/.test(it.role?.value) && it.backendDOMNodeId)) {
      const { node } = await session.send('DOM.describeNode', { backendNodeId: it.backendDOMNodeId });
      if (node.nodeName === 'IMG') images.add(it.nodeId);
    }
    return { known, images, main: nodes.find((it) => it.role?.value === 'main') };
  } finally {
    await tab.close();
  }
}

/** What abbreviations stand for, by the node of each that is the first of its kind. */
function meaningsOf(main, kids) {
  const found = new Map();
  const short = new Set();
  const visit = (it) => {
    if (PASSED.includes(it.role?.value)) return;
    if (it.role?.value === 'Abbr') {
      const own = kids(it).map((one) => one.name?.value ?? '').join('');
      const meaning = [it.name?.value, it.description?.value].find((one) => one && one !== own);
      if (meaning && !short.has(own)) found.set(it.nodeId, ` (${meaning})`);
      short.add(own);
    }
    kids(it).forEach(visit);
  };
  visit(main);
  return found;
}

function read(page, { known, images, main }) {
  const say = (kind, text, more) => console.log(JSON.stringify({ page, kind, text, ...more }));
  const kids = (it) => (it.childIds ?? []).map((id) => known.get(id)).filter(Boolean);
  const property = (it, name) => it.properties?.find((one) => one.name === name)?.value.value;
  const meanings = meaningsOf(main, kids);
  const words = (it) => {
    const role = it.role?.value;
    if (PASSED.includes(role)) return '';
    const own = role === 'StaticText' ? it.name.value : kids(it).map(words).join('');
    return own + (meanings.get(it.nodeId) ?? '');
  };
  const visit = (it, inNotes) => {
    const role = it.role?.value;
    if (PASSED.includes(role)) return;
    const notes = inNotes || /endnotes/i.test(role);
    if (role === 'StaticText') say('text', it.name.value);
    if (role === 'heading' && !notes) say('heading', words(it), { level: property(it, 'level') });
    if (role === 'listitem' && !notes) say('item', words(it));
    if (CELLS.includes(role)) say('cell', words(it));
    if (images.has(it.nodeId)) say('image', it.name?.value ?? '');
    if (role === 'link') say('link', words(it), { to: (property(it, 'url') ?? '').replace(origin, '') });
    kids(it).forEach((one) => visit(one, notes));
    if (meanings.has(it.nodeId)) say('text', meanings.get(it.nodeId));
  };
  visit(main, false);
}

try {
  for (const page of pages()) read(page, await tree(page));
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
