// Words and numbers as people read them, in the language that is chosen.

// What the file carries; unpacked in `start.js`.
let D = null;
let language = 'en';

const byId = id => document.getElementById(id);
const known = v => v !== null && v !== undefined && !Number.isNaN(v);

// A text with its words in braces filled in; what is filled in is never searched again.
function say(key, words = {}) {
  const text = D.words[language]?.[key] ?? D.words.en?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => words[name] ?? '');
}

// What a word of the files is called, as a way of admission.
const keyOfWord = word => `word_${String(word).replace(/-/g, '_')}`;
const isWord = word => Boolean(D.words.en?.[keyOfWord(word)]);
const wordOf = word => isWord(word) ? say(keyOfWord(word)) : word;

// A title of the data in the language; a text that is none is itself.
const title = of => typeof of === 'string' ? of : of?.[language] ?? of?.en ?? '';

// The title of a setting or parameter: its meaning without what stands in brackets behind it, up to the first pause; the
// whole is the hint.
function brief(of) {
  const whole = title(of), bare = text => text.replace(/(\s*\([^()]*\))+$/, ''), [first] = bare(whole).split(/[;:,]/);
  return bare(first.trim()) || whole;
}

// Numbers as `language/number.rs` writes them; below a tenth with two digits, as a small difference is none of nothing.
const EXPONENT_FROM = 1e16;
const writers = [];     // by decimals
const places = v => { const a = Math.abs(v); return a >= 10 ? 0 : a >= 1 ? 1 : a >= 0.1 ? 2 : a >= 1e-6 ? 1 - Math.floor(Math.log10(a)) : 0; };
function number(v, d) {
  if (!known(v)) return '–';
  const n = known(d) ? d : places(v);
  if (Math.abs(v) >= EXPONENT_FROM) return v.toExponential(2).replace('e+', 'e');
  const text = (writers[n] ??= new Intl.NumberFormat('en-US', { minimumFractionDigits: n, maximumFractionDigits: n })).format(Math.abs(v));
  return (v < 0 && /[1-9]/.test(text) ? '-' : '') + text;
}
const signed = (v, d) => { const t = number(v, d); return t[0] === '-' || t === '–' || !/[1-9]/.test(t) ? t : '+' + t; };
const between = (low, high) => low + (language === 'ko' ? ' ~ ' : ' to ') + high;
const interval = (low, high, d) => between(signed(low, d), signed(high, d));

// A value that somebody set: no more digits than it has.
const plainly = v => Math.abs(v) >= 1000 ? number(v, Number.isInteger(v) ? 0 : 1) : String(+v.toPrecision(6));

// The unit in which values of a unit of the registers are shown: its name, and what they are divided by.
function unitOf(unit) {
  if (!unit || unit === '1') return { name: '', divisor: 1 };
  const money = D.scenario.money, names = [unit, unit.replace(money.unit, '{money}'), unit.replace('{money}', money.unit)];
  for (const table of [D.units?.[language], D.units?.en, money[language], money.units?.[language]]) {
    for (const name of names) if (table?.[name]) return { divisor: 1, ...table[name] };
  }
  return { name: unit.replace('{money}', money.unit), divisor: 1 };
}
// What the unit of the files' money is called.
const accountUnit = () => (D.units?.[language]?.['{money}/person']?.name || D.scenario.money.unit).split('/')[0];
// The same for what is set: in the unit of the files, as the policy file has it.
function unitAsWritten(unit) {
  if (!unit || unit === '1' || unit === 'date') return '';
  if (unit === 'years') return say('years');
  const own = unit.replace(/\W+/g, '_').replace(/^_|_$/g, '');
  if (D.words[language]?.[`unit_${own}`]) return say(`unit_${own}`, { money: accountUnit() });
  const { name, divisor } = unitOf(unit), written = unit.replace('{money}', accountUnit());
  if (divisor !== 1) return written;
  return name || written;
}

// The ends of what is only roughly known.
const roughly = v => plainly(Number(v.toPrecision(3)));

// A number's text with the name of its unit: Korean counters stand without a space.
const ONE = { years: 'year', firms: 'firm', people: 'person', homes: 'home', institutes: 'institute' };
const withUnit = (text, unit) => !unit ? text : text === '1' && ONE[unit] ? `1 ${ONE[unit]}` : /^[\uac00-\ud7a3]/.test(unit) && !/^([억조백천만]|로그|효용)/.test(unit) ? text + unit : `${text} ${unit}`;

// A number of a unit with the unit's name.
function amount(v, unit, write = signed) {
  const { name, divisor } = unitOf(unit);
  return withUnit(write(v / divisor), name);
}
const percent = share => `${number(share * 100, 0)}%`;
const probability = (share, of) => share === 0 ? say('never') : share === 1 ? say('always') : percent(share).replace('%', language === 'ko' ? '%' : ' %');

// Elements without markup in texts.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'text') made.textContent = value;
    else if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

// Fills in what stands still: every element that names a text.
function sayAll() {
  document.documentElement.lang = language;
  for (const e of document.querySelectorAll('[data-say]')) e.textContent = say(e.dataset.say);
  for (const e of document.querySelectorAll('[data-label]')) e.setAttribute('aria-label', say(e.dataset.label));
  document.title = `${title(D.scenario.title)} – ${say('kind')}`;
  byId('title').textContent = title(D.scenario.title);
}
