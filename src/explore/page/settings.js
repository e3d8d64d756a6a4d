// One control of one setting: a slider with its marks, a date, a switch, a choice; each with what it says and its reset.

const rows = [];          // every control there is: { update() }
let serial = 0;

// What is said below a control: that what was typed is no value, or what the engine says of what is set. A text that is no
// value stays in its field until another is typed or the setting is another.
function remarks(of, field, holder, reset) {
  const note = element('p', { class: 'remark', id: `s${serial += 1}`, role: 'alert' }), value = () => JSON.stringify(of.get());
  let ignored = null, said = '';
  holder.append(note);
  reset.addEventListener('click', () => { ignored = null; });
  return {
    id: note.id,
    get stays() { return Boolean(ignored?.stays); },
    ignore(text, stays = false) { ignored = { text, stays, value: value() }; },
    clear() { ignored = null; },
    show() {
      if (ignored && ignored.value !== value()) ignored = null;
      reset.classList.toggle('idle', !of.changed() && !ignored?.stays);
      const refused = ignored ? [] : refusalsOf(of.address), warned = ignored || refused.length ? [] : warningsOf(of.address), text = ignored?.text ?? [...refused, ...warned].join(' ');
      if (text === said) return;
      said = note.textContent = text;
      note.lang = ignored ? language : 'en';
      note.classList.toggle('warned', warned.length > 0);
      field.setAttribute('aria-invalid', String(Boolean(text) && !warned.length));
    },
  };
}
// What the engine finds wrong with a setting of the present choice, and what it warns of.
let judged = null;
const refusalsOf = address => (address && judged?.refused?.problems || []).filter(problem => problem.file.startsWith(`--set ${address}=`)).map(problem => `${sentencesOf(problem).join('. ')}.`);
function warningsOf(address) {
  const { set } = current(), [lever, setting] = String(address).split('.'), about = [set[address], `\`${setting}\``].map(String);
  return address in set && judged?.warnings ? judged.warnings.filter(warning => warning.startsWith(`lever \`${lever}\`:`) && about.some(it => warning.includes(it))).map(plainWarning) : [];
}
const plainWarning = warning => `${capital(warning).replace(/`/g, '')}.`;
const nice = v => { const power = 10 ** Math.floor(Math.log10(v || 1)); return [1, 2, 2.5, 5, 10].map(k => k * power).find(k => k >= v * 0.999); };

// The range of a slider: what the register allows is far too wide to be moved through, so it reaches as far as shipped
// policies, evidence and twice the value do. The field beside it takes all that the register allows.
function sliderRange(spec, kind, start, marks) {
  const others = D.policies.flatMap(p => p.levers).filter(l => l.kind === kind).map(l => readToml(settingOf(l, spec.setting)?.value))
    .flatMap(v => Array.isArray(v) ? v.map(s => s.value) : typeof v === 'number' ? [v] : []);
  const most = Math.max(2 * Math.abs(start || 0), ...others.map(v => v * 1.25), ...marks.map(v => v * 1.2));
  const least = spec.low < 0 ? -Math.max(Math.abs(start || 0) * 2, 5) : 0;
  const high = Math.min(spec.high ?? Infinity, most > 0 ? nice(most) : spec.high <= 100 ? spec.high : 10);
  const low = Math.max(spec.low ?? -Infinity, least), whole = spec.type === 'integer' || Number.isInteger(start) && high > 50;
  return { low, high, pace: Math.max(whole ? 1 : 0, nice((high - low) / 400)) };
}

// A slider over numbers. `of`: { name, hint, unit, range, start, marks: [{at, text}], shade, get, set(value, live), reset,
// changed, text }
function slider(of) {
  const id = `s${serial += 1}`, { range } = of;
  const input = element('input', { type: 'range', id, min: range.low, max: range.high, step: 'any' });
  const exact = element('input', { type: 'number', step: 'any', inputmode: 'decimal', 'aria-label': `${of.name}: ${say('exact')}`, title: of.unit || null });
  const reset = resetButton(of), out = element('output', { for: id }), note = element('p', { class: 'evidence' });
  const track = element('span', { class: 'track' }, input), share = v => (Math.max(range.low, Math.min(range.high, v)) - range.low) / (range.high - range.low || 1);
  const mark = (kind, v, text) => { const made = element('i', { class: kind, title: text, 'aria-hidden': 'true' }); made.style.setProperty('--at', share(v)); track.append(made); return made; };
  if (of.shade) { const made = mark('shade', of.shade[0], of.shade[2]); made.style.setProperty('--to', share(of.shade[1])); }
  for (const limit of of.marks) { const made = mark('beyond', limit.at, limit.text); made.style.setProperty('--to', 1); mark('limit', limit.at, limit.text); }
  if (known(of.start)) mark('start', of.start, say('start_is', { value: plainly(of.start) }));
  const shown = value => Number.isFinite(value) ? +value.toPrecision(8) : '', said = value => of.text ? of.text(value) : withUnit(plainly(value), of.unit);
  const snapped = v => Number((Math.round(v / range.pace) * range.pace).toPrecision(10));
  input.addEventListener('input', () => of.set(snapped(Number(input.value)), true));
  input.addEventListener('change', () => of.set(snapped(Number(input.value)), false));
  // Keys move by a step that one sees.
  input.addEventListener('keydown', e => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[e.key];
    if (!by) return;
    e.preventDefault();
    const unitStep = Math.max(range.pace, nice((range.high - range.low) / 100));
    of.set(Math.max(range.low, Math.min(range.high, snapped(of.get() + by * unitStep))), false);
  });
  const holder = element('div', { class: 'setting' }, element('div', { class: 'line' }, element('label', { for: id, text: of.name, title: of.hint }), out, reset),
    element('div', { class: 'slide' }, track, exact), note);
  const remark = remarks(of, exact, holder, reset);
  exact.setAttribute('aria-describedby', remark.id);
  exact.addEventListener('change', () => {
    const typed = exact.value.trim(), words = { value: said(of.get()) };
    remark.clear();
    if (typed !== '' && Number.isFinite(Number(typed))) return of.set(Number(typed), false);
    // What is no number has no value, and stays to be mended; an empty field shows what holds.
    remark.ignore(say(exact.validity.badInput ? 'typed_no_number' : 'typed_nothing', words), exact.validity.badInput);
    if (!remark.stays) exact.value = shown(of.get());
    row.update();
  });
  const row = {
    holder,
    update() {
      const value = of.get(), beyond = of.marks.filter(limit => value > limit.at);
      if (document.activeElement !== input || Number(input.value) !== value) input.value = value;
      remark.show();
      if (!remark.stays && document.activeElement !== exact) exact.value = shown(value);
      out.textContent = said(value);
      input.setAttribute('aria-valuetext', out.textContent);
      holder.classList.toggle('changed', of.changed());
      holder.classList.toggle('varying', Boolean(of.shade) && !of.changed());
      note.textContent = of.marks.map(limit => limit.text).join(' ') + (of.note ? of.note() : '');
      note.hidden = !note.textContent;
      note.classList.toggle('warned', beyond.length > 0);
    },
  };
  rows.push(row);
  return holder;
}
function resetButton(of) {
  return element('button', { type: 'button', class: 'reset', 'aria-label': `${say('reset')}: ${of.name}`, title: say('reset'), text: '↺', onclick: () => of.reset() });
}

// A date: a slider by months over the years of the scenario, and the field for the day.
const monthOf = day => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const dayOf = month => `${Math.floor(month / 12)}-${String(month % 12 + 1).padStart(2, '0')}-01`;
function dateControl(of) {
  const id = `s${serial += 1}`, [first, last] = D.scenario.years;
  const input = element('input', { type: 'range', id, min: first * 12, max: last * 12 + 11, step: 1 }), exact = element('input', { type: 'date', 'aria-label': `${of.name}: ${say('exact')}` });
  const reset = resetButton(of), out = element('output', { for: id }), track = element('span', { class: 'track' }, input);
  if (of.start) { const made = element('i', { class: 'start', title: say('start_is', { value: of.start }), 'aria-hidden': 'true' }); made.style.setProperty('--at', Math.max(0, Math.min(1, (monthOf(of.start) - first * 12) / (last * 12 + 11 - first * 12)))); track.append(made); }
  // The start's own day is met again.
  const day = month => of.start && monthOf(of.start) === month ? of.start : dayOf(month);
  input.addEventListener('input', () => of.set(day(Number(input.value)), true));
  input.addEventListener('change', () => of.set(day(Number(input.value)), false));
  const holder = element('div', { class: 'setting' }, element('div', { class: 'line' }, element('label', { for: id, text: of.name, title: of.hint }), out, reset), element('div', { class: 'slide dates' }, track, exact));
  const remark = remarks(of, exact, holder, reset);
  exact.setAttribute('aria-describedby', remark.id);
  exact.addEventListener('change', () => {
    remark.clear();
    if (/-02-29$/.test(exact.value)) {
      // Years of the simulation have 365 days.
      const day = exact.value.replace(/29$/, '28');
      exact.value = day;
      of.set(day, false);
      remark.ignore(say('typed_leap_day', { day }));
      return row.update();
    }
    if (DAY.test(exact.value)) return of.set(exact.value, false);
    remark.ignore(say(exact.validity.badInput ? 'typed_no_day' : 'typed_nothing', { value: of.get() ?? say('unset') }), exact.validity.badInput);
    if (!remark.stays) exact.value = of.get() ?? '';
    row.update();
  });
  const row = {
    holder,
    update() {
      const value = of.get();
      track.classList.toggle('without', !value);
      remark.show();
      if (value) { input.value = monthOf(value); if (!remark.stays && document.activeElement !== exact) exact.value = value; }
      out.textContent = value ? value.slice(0, 7) : say('unset');
      input.setAttribute('aria-valuetext', value ?? say('unset'));
      holder.classList.toggle('changed', of.changed());
    },
  };
  rows.push(row);
  return holder;
}
function switchControl(of) {
  const id = `s${serial += 1}`, input = element('input', { type: 'checkbox', role: 'switch', id, onchange: () => of.set(input.checked, false) }), reset = resetButton(of);
  const holder = element('div', { class: 'setting' }, element('div', { class: 'line' }, element('label', { for: id, text: of.name, title: of.hint }), input, reset));
  rows.push({ holder, update() { input.checked = Boolean(of.get()); reset.classList.toggle('idle', !of.changed()); holder.classList.toggle('changed', of.changed()); } });
  return holder;
}
// What may be chosen: areas by their titles, payers as the scenario names them, ways and kinds in words.
const choiceText = (spec, word) => D.areas.some(a => a.id === word) ? `${areaTitle(word)} · ${word}` : spec.setting === 'payer' ? word : wordOf(word);
function choiceControl(of) {
  const empty = known(of.start) ? [] : [new Option(say('unset'), '')];
  const id = `s${serial += 1}`, input = element('select', { id, onchange: () => input.value ? of.set(input.value, false) : of.reset() }, ...empty, ...of.choices.map(c => new Option(choiceText(of.spec, c), c))), reset = resetButton(of);
  const holder = element('div', { class: 'setting' }, element('div', { class: 'line' }, element('label', { for: id, text: of.name, title: of.hint }), input, reset));
  rows.push({ holder, update() { input.value = of.get() ?? ''; reset.classList.toggle('idle', !of.changed()); holder.classList.toggle('changed', of.changed()); } });
  return holder;
}
// What has no range to be moved through: lists as the file has them, words, and numbers that are not set. `of` has `read`
// and `write` between its value and its text, and `help` on what may be written.
function fieldControl(of) {
  const id = `s${serial += 1}`, note = of.help ? element('p', { class: 'evidence', id: `${id}n`, text: of.help }) : null;
  const input = element('input', { type: 'text', id, class: 'wide', spellcheck: 'false', autocomplete: 'off', placeholder: say('unset'), inputmode: of.decimal ? 'decimal' : null });
  const reset = resetButton(of), holder = element('div', { class: 'setting' }, element('div', { class: 'line' }, element('label', { for: id, text: of.unit ? `${of.name} (${of.unit})` : of.name, title: of.hint }), reset), input, note);
  const remark = remarks(of, input, holder, reset);
  input.setAttribute('aria-describedby', [note?.id, remark.id].filter(Boolean).join(' '));
  input.addEventListener('change', () => {
    const text = input.value.trim().normalize('NFC');
    remark.clear();
    if (text !== '') return of.set(of.read(text), false);
    of.reset();
    input.value = known(of.get()) ? of.write(of.get()) : '';
    if (input.value) remark.ignore(say('typed_reset', { value: input.value }));
  });
  rows.push({ holder, update() {
    remark.show();
    if (document.activeElement !== input) input.value = known(of.get()) ? of.write(of.get()) : '';
    holder.classList.toggle('changed', of.changed());
  } });
  return holder;
}

// The controls of one setting of a lever; none for notes, which bear on nothing.
function settingControls(lever, spec) {
  if (spec.note) return [];
  const address = `${lever.name}.${spec.setting}`, made = controlsOf(lever, spec, address);
  for (const control of made) control.dataset.of = address;
  return made;
}
function controlsOf(lever, spec, address) {
  const start = startOf(lever, spec);
  const get = () => address in current().set ? current().set[address] : start;
  const set = (value, live) => change(next => { if (same(value, start)) delete next.set[address]; else next.set[address] = value; }, live);
  const of = { address, name: brief(spec.title), hint: `${title(spec.title)} (${spec.setting})`, unit: unitAsWritten(spec.unit), start, get, set, reset: () => change(next => { delete next.set[address]; }), changed: () => address in current().set };
  const marks = spec.evidence ? [{ at: spec.evidence.limit, text: say('evidence', { limit: withUnit(plainly(spec.evidence.limit), of.unit), source: title(spec.evidence.source) }) }] : [];
  const choices = spec.choices?.length ? say('list_of', { names: spec.choices.join(', ') }) : '', now = get();
  if (spec.schedule) {
    const stages = Array.isArray(now) ? now : [], sliders = stages.map((stage, n) => slider({
      ...of, start: start?.[n]?.value, marks: n === 0 ? marks : [], range: sliderRange(spec, lever.kind, start?.[n]?.value ?? stage.value, marks.map(m => m.at)),
      name: stages.length > 1 ? `${of.name}, ${stage.from}` : of.name,
      get: () => get()[n]?.value ?? stage.value,
      // Of several stages those that were moved are the ones that are refused.
      get address() { return stages.length === 1 || this.get() !== start?.[n]?.value ? address : null; },
      set: (value, live) => set(get().map((s, k) => k === n ? { ...s, value } : s), live),
    }));
    const field = { ...of, unit: '', name: stages.length ? say('by_date', { what: of.name }) : of.name, help: say('list_schedule', { example: '[{ from = 2027-01-01, value = 100 }, …]' }), read: text => readToml(text) ?? text, write: value => writeToml(value, spec) };
    return stages.length ? [...sliders, folded(`${address}-text`, say('stages'), [fieldControl(field)])] : [fieldControl(field)];
  }
  if (spec.type === 'date') return [dateControl(of)];
  if (spec.type === 'bool') return [switchControl(of)];
  if (spec.type === 'choice') return [choiceControl({ ...of, spec, choices: spec.choices })];
  if (spec.type === 'list') return [fieldControl({ ...of, help: choices || say('list_plain'), read: text => text, write: text => text })];
  if (spec.type === 'text') return [fieldControl({ ...of, read: text => text, write: text => text })];
  if (typeof start === 'number') return [slider({ ...of, marks, range: sliderRange(spec, lever.kind, start, marks.map(m => m.at)) })];
  // Not set: a number is typed; what it means to leave it out stands in its title.
  return [fieldControl({ ...of, decimal: true, help: [absence(spec), ...marks.map(m => m.text)].filter(Boolean).join(' '), read: text => Number.isFinite(Number(text)) ? Number(text) : text, write: value => typeof value === 'number' ? String(value) : value })];
}
// What a title says after its first part: most often what it means that a setting is absent.
const absence = spec => capital(title(spec.title).slice(brief(spec.title).length).replace(/^[;:,]?\s*/, ''));

// A parameter: left alone it varies among histories; set, it is the same in all.
function parameterControl(spec) {
  const { name } = spec, low = Math.max(spec.low ?? -Infinity, spec.p05 - (spec.p95 - spec.p05) * 0.5), high = Math.min(spec.high ?? Infinity, spec.p95 + (spec.p95 - spec.p05) * 0.5);
  const unit = unitAsWritten(spec.unit), varies = say('varies', { range: withUnit(between(roughly(spec.p05), roughly(spec.p95)), unit) });
  const get = () => current().param[name] ?? spec.value;
  return slider({
    address: name, name: brief(spec.title), hint: `${title(spec.title)} (${name}). ${title(spec.source)}`, unit, start: spec.value, marks: [],
    shade: [spec.p05, spec.p95, varies],
    range: { low, high, pace: nice((high - low) / 400) },
    get, set: (value, live) => change(next => { next.param[name] = value; }, live), reset: () => change(next => { delete next.param[name]; }), changed: () => name in current().param,
    text: value => name in current().param ? withUnit(plainly(value), unit) : varies,
  });
}
