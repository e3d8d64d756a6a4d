// The state as the fragment of an address: versioned, at most 2 KB, refused with words where it is none of ours.

const FRAGMENT_VERSION = '1', MOST_FRAGMENT = 2048;
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,79}$/, DAY = /^\d{4}-\d\d-\d\d$/;

// What stands as in the file is escaped twice over: an address is split at some of its letters.
const escaped = text => `!${encodeURIComponent(text).replace(/~/g, '%7E').replace(/%/g, '~')}`;
const valueToWord = (value, spec) => Array.isArray(value) ? value.map(s => `${s.from}*${s.value}`).join('+') : isRaw(value, spec) || spec?.type === 'text' ? escaped(value) : String(value);
function wordToValue(word, { type, schedule }) {
  const fail = text => { throw say('link_value', { value: text }); };
  const finite = text => {
    if (!/^-?\d{1,12}(\.\d{1,12})?(e-?\d{1,2})?$/.test(text)) throw say('link_value', { value: text });
    return Number(text);
  };
  if (type === 'list' || type === 'text' || schedule && word.startsWith('!')) {
    try { return /^![A-Za-z0-9_.!~*'()-]+$/.test(word) ? decodeURIComponent(word.slice(1).replace(/~/g, '%')) : fail(word); } catch { return fail(word); }
  }
  if (schedule && word.includes('*')) {
    return word.split('+').map(one => {
      const [from, value] = one.split('*');
      if (!DAY.test(from)) throw say('link_value', { value: one });
      return { from, value: finite(value) };
    });
  }
  if (type === 'date') { if (!DAY.test(word)) throw say('link_value', { value: word }); return word; }
  if (type === 'bool') { if (word !== 'true' && word !== 'false') throw say('link_value', { value: word }); return word === 'true'; }
  if (type === 'choice') { if (!NAME.test(word)) throw say('link_value', { value: word }); return word; }
  return finite(word);
}

function writeChoice(of) {
  const parts = [`p:${of.policy}`];
  if (of.future) parts.push(`f:${of.future}`);
  for (const name of of.drop) parts.push(`d:${name}`);
  for (const name of of.add) parts.push(`a:${name}`);
  for (const [name, value] of Object.entries(of.set)) parts.push(`s:${name}:${valueToWord(value, specAt(of, name))}`);
  for (const [name, value] of Object.entries(of.param)) parts.push(`q:${name}:${valueToWord(value)}`);
  return parts.join(';');
}
function readChoice(text) {
  const parts = text.split(';').map(part => part.split(':'));
  const [[first, policy]] = parts;
  if (first !== 'p' || !policyOf(policy)) throw say('link_unknown', { name: policy ?? '' });
  const made = choice(policy);
  for (const [kind, name, value, ...rest] of parts.slice(1)) {
    const own = /^[A-Za-z0-9_.@-]{1,160}$/.test(name ?? '') ? name : '';
    if (rest.length || !own) throw say('link_unknown', { name: name ?? kind });
    if (kind === 'f' && D.futures.some(f => f.name === own)) made.future = own;
    else if (kind === 'a' && leversNamed(own).length) made.add.push(own);
    else if (kind === 'd' && leversOf(made).some(it => it.package === own || it.lever.name === own)) made.drop.push(own);
    else if (kind === 's') {
      const [lever, setting] = own.split('.'), it = leversOf(made).find(l => l.lever.name === lever), spec = it && specOf(it.lever, setting);
      if (!spec || value === undefined) throw say('link_unknown', { name: own });
      made.set[own] = wordToValue(value, spec);
    } else if (kind === 'q' && value !== undefined && D.parameters.some(p => p.name === own)) made.param[own] = wordToValue(value, { type: 'number' });
    else throw say('link_unknown', { name: own });
  }
  return made;
}

function writeFragment() {
  const words = [`v=${FRAGMENT_VERSION}`, `c=${writeChoice(current())}`, ...pins().map(pin => `n=${writeChoice(pin)}`),
    `m=${view.metric}`, `g=${view.place}`, `l=${language}`, `i=${D.scenario.digest.slice(0, 8)}`];
  return words.join('&');
}
// The state of a fragment; throws what is wrong with it as a sentence. `warning` where it was made for other data.
function readFragment(fragment) {
  if (fragment.length > MOST_FRAGMENT) throw say('link_long');
  let text;
  try { text = decodeURIComponent(fragment); } catch { throw say('link_broken'); }
  const words = text.split('&').map(word => { const at = word.indexOf('='); return [word.slice(0, at), word.slice(at + 1)]; });
  const of = name => words.filter(w => w[0] === name).map(w => w[1]);
  if (of('v')[0] !== FRAGMENT_VERSION) throw say('link_version', { version: (of('v')[0] ?? '').slice(0, 12) });
  if (of('c').length !== 1 || of('n').length > MOST_PINS) throw say('link_broken');
  const [metric] = of('m'), [place] = of('g'), [lang] = of('l'), [digest] = of('i');
  const state = { choice: readChoice(of('c')[0]), pins: of('n').map(readChoice) };
  return {
    state,
    metric: D.metrics.some(m => m.id === metric) ? metric : view.metric,
    place: D.metrics.some(m => m.places.includes(place)) ? place : view.place,
    language: D.languages.includes(lang) ? lang : null,
    warning: digest && digest !== D.scenario.digest.slice(0, 8) ? say('link_other_data') : null,
  };
}

let written = null;
function keepFragment() {
  const fragment = writeFragment();
  // On paper it says which page and state this is.
  byId('printed').textContent = `${D.scenario.name} · ${D.program} · #${fragment}`;
  written = fragment.length <= MOST_FRAGMENT ? fragment : null;
  if (written && location.hash.slice(1) !== written) {
    try { window.history.replaceState(null, '', `#${written}`); } catch { /* Some browsers forbid it to files; the dialog has the address all the same. */ }
  }
}
// Once it rests: browsers take some time to write an address.
let keeping = 0;
function keepFragmentSoon() {
  clearTimeout(keeping);
  keeping = setTimeout(keepFragment, 100);
}
const addressOf = () => `${location.href.split('#')[0]}#${writeFragment()}`;
