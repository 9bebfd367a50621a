// The page of a sheet: French and its translation side by side, and one passage in hand.
//
// Everything that is known of the passages comes with the page, as JSON; what is asked of
// the server is only to check a text and to save it. What was typed and not saved stays in
// memory while one goes from passage to passage.
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const words = data.words;
const $ = (id) => document.getElementById(id);
const LEFT = new Set(['missing', 'stale', 'draft']);
/** How long one waits after the last key, and how long a message is seen, in milliseconds. */
const PAUSE = 250;
const LONG = 5000;

/** A message with its variables put in. */
const say = (id, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[id]);

// What the page shows -----------------------------------------------------------------

const rows = [...document.querySelectorAll('.row')];
const places = { source: find('source'), target: find('target') };
/** The passages that each row holds. */
const held = rows.map((row) => [...new Set([...row.querySelectorAll('.source [data-unit]')].map(address))]);
const units = order(data.units);
let hash = data.hash;
let current = null;
/** Whether the whole page is shown. */
let whole = false;
let waiting = null;
let said = null;
let asked = 0;

/** The elements that show a passage, in one of the two columns. */
function shown(unit, column) {
  return places[column].get(unit.address) ?? [];
}

/** Finds the elements of each passage. */
function find(column) {
  const found = new Map();
  for (const element of document.querySelectorAll(`.${column} [data-unit]`)) {
    const place = address(element);
    if (!found.has(place)) found.set(place, []);
    found.get(place).push(element);
  }
  return found;
}

function address(element) {
  return element.dataset.unit.slice(0, 10);
}

/** The passages in the order in which one meets them on the page. */
function order(list) {
  const met = new Map([...places.source.keys()].map((it, at) => [it, at]));
  const place = (unit) => met.get(unit.address) ?? Infinity;
  return list.map((unit, at) => ({ unit, at })).sort((a, b) => place(a.unit) - place(b.unit) || a.at - b.at)
    .map(({ unit }) => ({ ...unit, typed: null }));
}

function chosen() {
  return new FormData($('filters')).get('show') ?? 'all';
}

function matches(unit, filter = chosen()) {
  if (filter === 'all') return true;
  return filter === 'left' ? LEFT.has(unit.state) : unit.state === filter;
}

/** Shows the parts that hold a passage of the filter; the one in hand stays. */
function filter() {
  const wanted = new Set(units.filter((unit) => matches(unit) || unit === current).map((unit) => unit.address));
  const all = chosen() === 'all';
  // The most usual case, and the one in which there is nothing to do.
  if (all && whole) return;
  whole = all;
  let any = false;
  rows.forEach((row, at) => {
    row.hidden = !(all || held[at].some((it) => wanted.has(it)));
    any ||= !row.hidden;
  });
  for (const element of document.querySelectorAll('.proof [data-unit]')) {
    element.classList.toggle('aside', !all && !wanted.has(address(element)));
  }
  $('proof_empty').hidden = any;
}

function count() {
  const of = (name) => units.filter((unit) => matches(unit, name)).length;
  for (const name of ['all', 'left', 'missing', 'stale', 'draft', 'translated', 'reviewed']) {
    $(`count_${name}`).textContent = of(name);
  }
  const done = units.length - of('left');
  $('progress').max = Math.max(units.length, 1);
  $('progress').value = done;
  $('done').textContent = say('review-done-of', { done, total: units.length });
}

/** Marks each passage of the translation with its state. */
function paint(list = units) {
  for (const unit of list) {
    for (const element of shown(unit, 'target')) element.dataset.is = unit.state;
  }
}

// The passage in hand -----------------------------------------------------------------

function text(unit) {
  return unit.typed ?? unit.translation;
}

/** Takes a passage in hand. */
function take(unit, { scroll = true, spoken = true } = {}) {
  clearTimeout(waiting);
  for (const element of document.querySelectorAll('.in-hand')) element.classList.remove('in-hand');
  current = unit;
  $('editor').hidden = !unit;
  filter();
  if (!unit) return;
  const elements = [...shown(unit, 'source'), ...shown(unit, 'target')];
  for (const element of elements) element.classList.add('in-hand');
  fill(unit);
  if (scroll && elements.length > 0) bring(elements[0]);
  if (spoken) announce(`${$('position').textContent}, ${unit.role}, ${words[`review-state-${unit.state}`]}`, false);
}

/** Brings an element between the filters and the editor, where these stay in place. */
function bring(element) {
  const room = (it) => (getComputedStyle(it).position === 'sticky' ? it.offsetHeight + 16 : 16);
  const page = document.documentElement;
  page.style.scrollPaddingBlock = `${room($('filters'))}px ${room($('editor'))}px`;
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  // Else the page would move while one types.
  page.style.scrollPaddingBlock = '';
}

/** Goes to the field. The page stays as it is where the editor is always in sight. */
function edit() {
  $('translation').focus({ preventScroll: getComputedStyle($('editor')).position === 'sticky' });
}

/** Puts a passage into the editor. */
function fill(unit) {
  $('position').textContent = say('review-position', { number: units.indexOf(unit) + 1, total: units.length });
  $('role').textContent = unit.context ? `${unit.role} (${unit.context})` : unit.role;
  state($('state'), unit.state);
  $('place').textContent = unit.place;
  $('source').textContent = unit.source;
  const changed = unit.changes.some(([kind]) => kind !== 'kept');
  $('changes').hidden = !changed;
  $('source').hidden = changed;
  compare($('before'), unit.changes, 'gone', 'del');
  compare($('after'), unit.changes, 'new', 'ins');
  $('terms').hidden = unit.terms.length === 0;
  $('terms_text').textContent = unit.terms.map(([source, target]) => `${source} → ${target}`).join(' · ');
  $('notes').hidden = unit.comments.length === 0;
  $('notes_text').textContent = unit.comments.join('\n');
  $('translation').value = text(unit);
  $('translation').readOnly = data.damaged;
  for (const id of ['save', 'save_reviewed', 'save_draft']) $(id).disabled = data.damaged;
  grow();
  touched();
  faults(unit.typed === null ? unit.faults : unit.found ?? []);
}

function state(element, name) {
  element.textContent = words[`review-state-${name}`];
  element.dataset.is = name;
}

/** Shows one side of a comparison, its own words marked. */
function compare(element, changes, own, mark) {
  element.replaceChildren(
    ...changes.filter(([kind]) => kind === 'kept' || kind === own).map(([kind, run]) => {
      if (kind === 'kept') return run;
      const marked = document.createElement(mark);
      marked.textContent = run;
      return marked;
    }),
  );
}

function faults(list) {
  const items = list.map(({ severity, message, hint }) => {
    const item = document.createElement('li');
    item.className = severity;
    item.append(message);
    if (hint) {
      const small = document.createElement('small');
      small.textContent = hint;
      item.append(small);
    }
    return item;
  });
  if (items.length === 0 && text(current).trim() !== '') {
    const fine = document.createElement('li');
    fine.className = 'fine';
    fine.textContent = words['review-checks-fine'];
    items.push(fine);
  }
  $('checks').replaceChildren(...items);
  $('translation').setAttribute('aria-invalid', String(list.some((it) => it.severity === 'error')));
}

/** Says whether the passage in hand waits to be saved. */
function touched() {
  const waits = current.typed !== null;
  $('unsaved').textContent = waits ? words['review-unsaved'] : '';
  $('revert').disabled = !waits;
}

function grow() {
  const field = $('translation');
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 4}px`;
}

/** Says something to who listens; to who looks too, unless it is there to be seen already. */
function announce(message, seen = true) {
  clearTimeout(said);
  $('status').classList.toggle('unseen', !seen);
  $('status').textContent = message;
  said = setTimeout(() => $('status').classList.add('unseen'), LONG);
}

/** Shows the parts of the page that an answer brings. */
function redraw(answer) {
  for (const { row, html } of answer.rows) {
    rows[row].querySelector('.target').innerHTML = html;
  }
  places.target = find('target');
  const within = new Set(answer.rows.map(({ row }) => rows[row]));
  paint(units.filter((unit) => shown(unit, 'target').some((it) => within.has(it.closest('.row')))));
  for (const element of shown(current, 'target')) element.classList.add('in-hand');
  whole = false;
  filter();
}

// From passage to passage -------------------------------------------------------------

function step(by, wanted = matches) {
  const from = current ? units.indexOf(current) : by > 0 ? -1 : units.length;
  for (let at = from + by; at >= 0 && at < units.length; at += by) {
    if (wanted(units[at])) {
      take(units[at]);
      return true;
    }
  }
  return false;
}

/** The next passage to do: after this one, else from the beginning. */
function nextLeft() {
  const left = (unit) => LEFT.has(unit.state) && unit !== current;
  const from = current ? units.indexOf(current) + 1 : 0;
  const next = units.slice(from).find(left) ?? units.find(left);
  if (next) take(next);
  else announce(words['review-nothing-left']);
}

// What is asked of the server ---------------------------------------------------------

async function ask(what, unit, more = {}) {
  const response = await fetch(`api/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      language: data.language, page: data.page, unit: unit.fingerprint, translation: text(unit), hash, ...more,
    }),
  });
  const answer = await response.json().catch(() => ({}));
  return { status: response.status, answer };
}

/** Checks what is typed, a moment after the last key. */
function checkSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE, current);
}

async function check(unit) {
  const mine = ++asked;
  try {
    const { status, answer } = await ask('check', unit);
    // A later question, or another passage, makes this answer stale.
    if (status !== 200 || mine !== asked || unit !== current || unit.typed === null) return;
    unit.found = answer.unit.faults;
    faults(unit.found);
    redraw(answer);
  } catch {
    announce(words['review-stopped']);
  }
}

async function save(standing, then = nextLeft) {
  const unit = current;
  if (!unit || data.damaged) return;
  clearTimeout(waiting);
  asked += 1;
  let result;
  try {
    result = await ask('save', unit, { standing });
  } catch {
    return announce(words['review-stopped']);
  }
  const { status, answer } = result;
  if (status === 200) return saved(unit, answer, then);
  if (status === 409) return conflict(unit, answer, standing, then);
  if (status === 422) {
    unit.found = answer.faults;
    if (unit === current) faults(answer.faults);
    return announce(words['review-refused']);
  }
  if (answer.faults && unit === current) faults(answer.faults);
  announce(words[status === 404 ? 'review-absent' : 'review-failed']);
}

function saved(unit, answer, then) {
  hash = answer.hash;
  Object.assign(unit, answer.unit, { typed: null, found: null });
  if (unit === current) {
    redraw(answer);
    fill(unit);
  }
  paint([unit]);
  count();
  if (then && unit === current) {
    then();
    announce(`${words['review-saved']} · ${$('position').textContent}`);
  } else {
    announce(words['review-saved']);
  }
}

/** The file is not as it was: shows both texts and lets a person decide. */
function conflict(unit, answer, standing, then) {
  const theirs = answer.unit;
  $('yours').textContent = text(unit);
  $('theirs').textContent = theirs.translation;
  state($('theirs_state'), theirs.state);
  const dialog = $('conflict');
  $('keep_mine').onclick = () => {
    dialog.close();
    hash = answer.hash;
    save(standing, then);
  };
  $('take_theirs').onclick = () => {
    dialog.close();
    saved(unit, answer, null);
    edit();
  };
  $('decide_later').onclick = () => dialog.close();
  dialog.showModal();
}

// What the reader does ----------------------------------------------------------------

$('proof').addEventListener('click', (event) => {
  const element = event.target.closest('[data-unit]');
  const unit = element && units.find((it) => it.address === address(element));
  if (!unit) return;
  event.preventDefault();
  take(unit, { scroll: false });
  if (!String(getSelection())) edit();
});

$('translation').addEventListener('input', () => {
  const value = $('translation').value;
  current.typed = value === current.translation ? null : value;
  touched();
  grow();
  checkSoon();
});

$('filters').addEventListener('change', () => {
  if (current && !matches(current)) {
    const next = units.find((unit) => matches(unit));
    if (next) return take(next, { spoken: true });
  }
  filter();
});
$('filters').addEventListener('submit', (event) => event.preventDefault());

$('previous').addEventListener('click', () => step(-1));
$('next').addEventListener('click', () => step(1));
$('next_left').addEventListener('click', nextLeft);
$('save').addEventListener('click', () => save('translated'));
$('save_reviewed').addEventListener('click', () => save('reviewed'));
$('save_draft').addEventListener('click', () => save('draft'));
$('copy').addEventListener('click', () => write(current.source));
$('revert').addEventListener('click', () => write(current.translation));
$('help_button').addEventListener('click', () => $('help').showModal());
$('help_close').addEventListener('click', () => $('help').close());

/** Writes a text into the field, as if it had been typed. */
function write(value) {
  const field = $('translation');
  edit();
  field.value = value;
  field.dispatchEvent(new Event('input'));
}

const LETTERS = 'plantin-review-letters';
$('letters').checked = localStorage.getItem(LETTERS) !== 'off';
$('letters').addEventListener('change', () => {
  localStorage.setItem(LETTERS, $('letters').checked ? 'on' : 'off');
});

/** What a key does everywhere, with Ctrl, ⌘ or Alt. */
function command(event) {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key === 'Enter') return () => save(event.shiftKey ? 'reviewed' : 'translated');
  if (control && !event.altKey && event.key.toLowerCase() === 's') return () => save('translated', null);
  if (!event.altKey || control) return null;
  return { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: nextLeft }[event.key] ?? null;
}

/** What a letter alone does where nothing is typed. */
function letter(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !$('letters').checked) return null;
  if (event.target.matches('textarea, input:not([type=radio]), select')) return null;
  return {
    j: () => step(1),
    k: () => step(-1),
    n: nextLeft,
    e: edit,
    f: () => $('filters').querySelector(':checked').focus(),
    '?': () => $('help').showModal(),
  }[event.key] ?? null;
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || document.querySelector('dialog[open]')) return;
  if (event.key === 'Escape' && event.target === $('translation')) {
    event.preventDefault();
    return $('next').focus();
  }
  const action = command(event) ?? letter(event);
  if (!action) return;
  event.preventDefault();
  action();
});

addEventListener('beforeunload', (event) => {
  if (units.some((unit) => unit.typed !== null)) event.preventDefault();
});

paint();
count();
const first = units.find((unit) => LEFT.has(unit.state)) ?? units[0];
take(first ?? null, { scroll: first !== units[0], spoken: false });
