// What is chosen, and its history. A choice is a shipped policy with what was changed of it, the assumptions and the
// future; beside it stand the pinned choices. All of it can be undone. The metric and place that are looked at cannot:
// they are no part of the question.

// { policy, future, param: {name: number}, set: {'lever.setting': value}, drop: [name], add: ['name@policy'] }
const choice = policy => ({ policy, future: null, param: {}, set: {}, drop: [], add: [] });
const copied = of => ({ ...of, param: { ...of.param }, set: { ...of.set }, drop: [...of.drop], add: [...of.add] });

const history = { past: [], future: [], present: null, before: null };
const view = { metric: 'jobs', place: 'district' };
const MOST_PINS = 3, MOST_HISTORY = 1000;

const current = () => history.present.choice;
const pins = () => history.present.pins;
const policyOf = name => D.policies.find(p => p.name === name);

// A choice by what is in it, in a fixed order: what is computed is kept under it.
function keyOf(of) {
  const sorted = table => Object.keys(table).sort().map(name => [name, table[name]]);
  return JSON.stringify([of.policy, of.future, sorted(of.param), sorted(of.set), [...of.drop].sort(), [...of.add].sort()]);
}

// Takes a new present. While something is dragged (`live`) there is no step of the history yet: it comes with the last
// call, from what was there before the first.
function take(next, live = false) {
  history.before ??= history.present;
  history.present = next;
  if (!live) {
    const before = history.before;
    history.before = null;
    if (keyOf(before.choice) !== keyOf(next.choice) || before.pins !== next.pins) {
      history.past.push(before);
      if (history.past.length > MOST_HISTORY) history.past.shift();
      history.future = [];
    }
  }
  changed(live);
}
function change(make, live = false) {
  const next = copied(current());
  make(next);
  take({ ...history.present, choice: next }, live);
}
function step(from, to) {
  if (history.before) take(history.present);
  if (!from.length) return;
  to.push(history.present);
  history.present = from.pop();
  changed(false);
}
const undo = () => step(history.past, history.future);
const redo = () => step(history.future, history.past);

// The text of TOML of a string, number, date, truth, or of numbers by date.
function readToml(text) {
  const trimmed = String(text).trim();
  if (/^\d{4}-\d\d-\d\d$/.test(trimmed)) return trimmed;
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  if (/^"[^"\\]*"$/.test(trimmed)) return trimmed.slice(1, -1);
  if (/^[+-]?[\d_]+(\.[\d_]+)?([eE][+-]?\d+)?$/.test(trimmed)) return Number(trimmed.replace(/_/g, ''));
  if (/^\[\s*\{[^]*\}\s*,?\s*\]$/.test(trimmed)) {
    const steps = [...trimmed.matchAll(/\{([^}]*)\}/g)].map(([, inside]) => {
      const from = /from\s*=\s*(\d{4}-\d\d-\d\d)/.exec(inside)?.[1], value = /value\s*=\s*([\d_.]+)/.exec(inside)?.[1];
      return from && value ? { from, value: Number(value.replace(/_/g, '')) } : null;
    });
    if (steps.every(Boolean)) return steps;
  }
  return null;
}
// What a field holds as it stands in the file: lists, and schedules that are none yet.
const isRaw = (value, spec) => typeof value === 'string' && (spec?.type === 'list' || spec?.schedule);
const startOf = (lever, spec) => {
  const text = settingOf(lever, spec.setting)?.value || null;
  return spec.type === 'list' ? text : text === null ? null : readToml(text) ?? text;
};
function writeToml(value, spec) {
  if (isRaw(value, spec)) return value;
  const type = spec?.type;
  if (Array.isArray(value)) return `[${value.map(s => `{ from = ${s.from}, value = ${s.value} }`).join(', ')}]`;
  if (typeof value === 'string' && type !== 'date') return JSON.stringify(value);
  // A number is written as the setting's kind wants it.
  if (typeof value === 'number' && type === 'number' && Number.isInteger(value)) return `${value}.0`;
  return String(value);
}
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// The levers of a choice, dropped ones too: { lever, package, policy (it comes from), added, alsoInBaseline }.
const settingOf = (lever, name) => lever.settings.find(s => s.setting === name);
function packageOf(lever) {
  const text = settingOf(lever, 'package')?.value;
  return typeof text === 'string' && text ? text.replace(/^"|"$/g, '') : lever.name;
}
function leversOf(of) {
  const baseline = policyOf(D.scenario.baseline).levers.map(l => l.name);
  const own = (policyOf(of.policy)?.levers ?? []).map(lever => ({ lever, added: null }));
  const more = of.add.flatMap(added => leversNamed(added).map(lever => ({ lever, added })));
  return [...own, ...more].map(it => ({ ...it, package: packageOf(it.lever), alsoInBaseline: baseline.includes(it.lever.name) }));
}
// The levers that `NAME@POLICY` brings: a package, or else the lever of the name.
function leversNamed(added) {
  const [name, from] = added.split('@'), all = policyOf(from)?.levers ?? [];
  const packaged = all.filter(lever => packageOf(lever) === name);
  return packaged.length ? packaged : all.filter(lever => lever.name === name);
}
const isDropped = (of, it) => of.drop.includes(it.package) || of.drop.includes(it.lever.name);

// What the engine is asked for: the options of the command line that make the choice, in a fixed order.
function editsOf(of) {
  const levers = leversOf(of), edits = of.add.map(added => `--add ${added}`);
  for (const name of of.drop) edits.push(`--drop ${name}`);
  for (const address of Object.keys(of.set).sort()) {
    const [name, setting] = address.split('.'), it = levers.find(l => l.lever.name === name);
    if (!it || isDropped(of, it)) continue;
    edits.push(`--set ${address}=${writeToml(of.set[address], specOf(it.lever, setting))}`);
  }
  return edits;
}
const specAt = (of, address) => {
  const [name, setting] = address.split('.'), it = leversOf(of).find(l => l.lever.name === name);
  return it && specOf(it.lever, setting);
};
const specOf = (lever, setting) => D.kinds[lever.kind]?.settings.find(s => s.setting === setting);

// A lever's name for people, and that of a package: scenarios give them names and no titles. A name is made of English
// words; in any other language the title of the kind stands before it.
let acronyms = null;
function spelled(name) {
  acronyms ??= new Set(D.policies.flatMap(p => `${p.description} ${title(p.title)}`.match(/\b[A-Z]{2,}\b/g) ?? []));
  const words = name.split('-').map(word => acronyms.has(word.toUpperCase()) ? word.toUpperCase() : word).join(' ');
  return words.replace(/^./, c => c.toUpperCase());
}
const kindTitle = lever => title(D.kinds[lever.kind]?.title) || lever.kind;
// Of namesakes of one kind what they differ in stands first: a master's programme, a university's institute.
const OF_KIND = ['degree', 'form'];
function kindWithWord(lever) {
  const words = OF_KIND.map(name => readToml(settingOf(lever, name)?.value)).filter(isWord).map(wordOf);
  return [...words, kindTitle(lever)].join(' ');
}
const leverTitle = lever => language === 'en' ? spelled(lever.name) : `${kindWithWord(lever)} ${lever.name}`;
const leadOf = (name, levers) => levers.find(it => it.lever.name === name) ?? (levers.length === 1 ? levers[0] : null);
function packageTitle(name, levers) {
  const lead = leadOf(name, levers);
  return lead ? leverTitle(lead.lever) : language === 'en' ? spelled(name) : `${kindsOf(levers)} ${name}`;
}
function kindsOf(levers) {
  const kinds = [...new Set(levers.map(it => kindTitle(it.lever)))];
  return kinds.length > 3 ? `${kinds.slice(0, 2).join('·')} …` : kinds.join('·');
}

// What is changed against the start: [{ text, undo(choice) }].
function changesOf(of) {
  const levers = leversOf(of), list = [];
  for (const added of of.add) {
    const [name, from] = added.split('@');
    list.push({
      text: say('change_added', { lever: packageTitle(name, leversNamed(added).map(lever => ({ lever }))), policy: title(policyOf(from).title) }),
      undo: next => { next.add = next.add.filter(a => a !== added); forget(next, leversNamed(added)); },
    });
  }
  for (const name of of.drop) {
    const gone = levers.filter(it => it.package === name || it.lever.name === name);
    list.push({ text: say('change_dropped', { lever: packageTitle(name, gone) }), undo: next => { next.drop = next.drop.filter(d => d !== name); } });
  }
  for (const [address, value] of Object.entries(of.set)) {
    const [name, setting] = address.split('.'), it = levers.find(l => l.lever.name === name);
    if (!it || isDropped(of, it)) continue;
    const spec = specOf(it.lever, setting), was = startOf(it.lever, spec);
    list.push({
      text: say('change_set', { what: `${leverTitle(it.lever)}: ${brief(spec.title)}`, from: valueText(was, spec), to: valueText(value, spec) }),
      undo: next => { delete next.set[address]; },
    });
  }
  for (const [name, value] of Object.entries(of.param)) {
    const spec = D.parameters.find(p => p.name === name);
    list.push({ text: say('change_param', { what: brief(spec.title), to: withUnit(plainly(value), unitAsWritten(spec.unit)) }), undo: next => { delete next.param[name]; } });
  }
  if (of.future) {
    list.push({ text: say('change_future', { future: title(D.futures.find(f => f.name === of.future).title) }), undo: next => { next.future = null; } });
  }
  return list;
}
// Settings of levers that are gone are gone with them.
function forget(of, levers) {
  for (const lever of levers) for (const address of Object.keys(of.set)) if (address.startsWith(`${lever.name}.`)) delete of.set[address];
}
function valueText(value, spec) {
  if (value === null || value === undefined) return say('unset');
  if (Array.isArray(value)) return value.map(s => value.length > 1 ? `${number(s.value, 0)} (${s.from})` : number(s.value, 0)).join(', ');
  if (typeof value === 'boolean') return say(value ? 'on' : 'off');
  if (typeof value === 'number') return withUnit(plainly(value), unitAsWritten(spec?.unit));
  return spec?.type === 'choice' ? choiceText(spec, value) : value;
}

// What a choice is called where there is room for a line.
function nameOf(of) {
  const changes = changesOf(of).length, name = changes && of.policy === D.scenario.baseline ? say('own_name') : title(policyOf(of.policy).title);
  return changes ? say(changes === 1 ? 'name_changed_one' : 'name_changed', { policy: name, count: changes }) : name;
}
// Whether nothing bears on results but the shipped policy: what is precomputed holds.
const asShipped = of => !of.future && !Object.keys(of.param).length && !editsOf(of).length;
