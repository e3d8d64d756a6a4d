// The column of controls: the policy, its levers by package, assumptions, future, and what was changed.

let builtFor = '';
const opened = new Set();

function buildControls() {
  // A schedule with other stages has other sliders.
  const of = current(), stages = Object.entries(of.set).map(([address, value]) => [address, Array.isArray(value) ? value.map(s => s.from) : typeof value === 'string' && specAt(of, address)?.schedule]);
  const parameters = ranked(), wanted = JSON.stringify([of.policy, of.add, stages.filter(([, it]) => it), parameters.map(p => p.name), language]);
  if (wanted === builtFor) return;
  builtFor = wanted;
  rows.length = 0;
  const focused = document.activeElement?.closest('[data-of]')?.dataset.of;
  buildPolicies();
  const levers = leversOf(of), packages = [...new Set(levers.map(it => it.package))];
  const own = packages.filter(name => !levers.some(it => it.package === name && it.alsoInBaseline)), rest = packages.filter(name => !own.includes(name));
  byId('levers').replaceChildren(...own.map(name => packageControl(name, levers.filter(it => it.package === name))),
    ...(own.length ? [] : [element('p', { class: 'note', text: say('no_levers') })]));
  byId('baseline-levers').replaceChildren(...rest.map(name => packageControl(name, levers.filter(it => it.package === name))));
  byId('baseline-box').hidden = !rest.length;
  buildAdding(packages);
  const shown = 8, made = parameters.map(parameterControl);
  byId('parameters').replaceChildren(...made.slice(0, shown), ...(made.length > shown ? [folded('more-parameters', say('more_parameters', { count: made.length - shown }), made.slice(shown))] : []));
  const future = byId('future');
  future.replaceChildren(new Option(say('future_none'), ''), ...D.futures.map(f => new Option(title(f.title), f.name)));
  lostFocus = focused && document.activeElement === document.body ? focused : null;
}
// The setting whose control was built anew while somebody was in it. Only once it shows its value is it gone back to: a
// field that somebody is in is not filled.
let lostFocus = null;
// The parameters that move what is looked at most stand first, where that is known; else those that move the headline
// results together.
const movedBy = () => ['city', view.place].map(place => `${view.metric}@${place}`).find(id => D.parameters.some(p => p.moves?.[id]));
function ranked() {
  const id = movedBy();
  return id ? [...D.parameters].sort((a, b) => (b.moves?.[id] ?? 0) - (a.moves?.[id] ?? 0)) : D.parameters;
}
function buildPolicies() {
  const select = byId('policy'), { baseline } = D.scenario;
  select.replaceChildren(...D.policies.filter(p => p.name !== baseline).map(p => new Option(title(p.title), p.name)), new Option(say('own'), baseline));
  const option = m => new Option(title(m.title), m.id), all = D.metrics.filter(m => m.places.length);
  const group = (text, metrics) => element('optgroup', { label: text }, ...metrics.map(option)), rest = all.filter(m => !isMain(m.id));
  // Of others nothing is computed beforehand.
  byId('metric').replaceChildren(group(say('metrics_main'), all.filter(m => isMain(m.id))), ...(unable || !rest.length ? [] : [group(say('metrics_all'), rest)]));
}
function folded(name, text, children) {
  const details = element('details', { class: 'more', ontoggle: () => { opened[details.open ? 'add' : 'delete'](name); } }, element('summary', { text }), ...children);
  details.open = opened.has(name);
  return details;
}

// A package: a switch for the whole of it, and the settings of its levers.
function packageControl(name, levers) {
  const text = packageTitle(name, levers), added = levers[0].added;
  const toggle = element('input', { type: 'checkbox', role: 'switch', 'aria-label': text, onchange: () => change(next => switchPackage(next, name, toggle.checked, added)) });
  const badge = element('span', { class: 'badge' }), details = element('details', { class: 'package', ontoggle: () => { opened[details.open ? 'add' : 'delete'](name); } },
    element('summary', {}, ...named(text, name, levers), added ? element('span', { class: 'tag', text: say('added') }) : null, badge));
  details.open = opened.has(name);
  // The lever that the package is called after is the package to a reader: its settings stand first, without a fold.
  const leads = it => levers.length === 1 || it.lever.name === name, parts = [...levers.filter(leads), ...levers.filter(it => !leads(it))].map(it => leverControls(it, !leads(it)));
  details.append(...parts);
  const holder = element('div', { class: 'system' }, toggle, details);
  rows.push({
    update() {
      const of = current(), off = of.drop.includes(name);
      toggle.checked = !off;
      holder.classList.toggle('off', off);
      details.querySelectorAll('.setting :is(input, select), .inner > input').forEach(e => { e.disabled = off; });
      const count = Object.keys(of.set).filter(address => levers.some(it => address.startsWith(`${it.lever.name}.`))).length + of.drop.filter(d => d !== name && levers.some(it => it.lever.name === d)).length;
      badge.textContent = off ? say('dropped') : count ? say(count === 1 ? 'changes_one' : 'changes_count', { count }) : '';
    },
  });
  return holder;
}
// A title, and beside it what else it is known by: in English the kind, which no name tells; else the name in files.
function named(text, name, levers) {
  const [first, second] = language === 'en' ? [text, levers.length === 1 ? kindTitle(levers[0].lever) : ''] : [text.replace(new RegExp(` ${name}$`), ''), name];
  return [element('span', { class: 'name', text: first }), second ? element(language === 'en' ? 'span' : 'code', { class: 'kind', text: second }) : null];
}
function switchPackage(next, name, on, added) {
  if (on) { next.drop = next.drop.filter(d => d !== name); return; }
  if (added) { next.add = next.add.filter(a => a !== added); forget(next, leversNamed(added)); return; }
  next.drop = [...next.drop, name];
}
// What one wants to move first: what evidence limits, when it opens, how large it is; then what else matters.
const LEADING = ['opening', 'places', 'units', 'intake', 'floor_space', 'budget', 'share', 'rent_ratio', 'services', 'from', 'until'];
const rank = spec => spec.evidence ? 0 : LEADING.includes(spec.setting) ? 1 + LEADING.indexOf(spec.setting) : 99;
function leverControls(it, folds) {
  const { lever } = it, kind = D.kinds[lever.kind], specs = (kind?.settings ?? []).slice().sort((a, b) => rank(a) - rank(b));
  const all = specs.map(spec => [spec, settingControls(lever, spec)]).filter(([, made]) => made.length);
  const first = all.filter(([spec]) => spec.matters).flatMap(([, made]) => made), more = all.filter(([spec]) => !spec.matters).flatMap(([, made]) => made);
  const lead = first.slice(0, 5), tail = [...first.slice(5), ...more];
  const body = [...lead, ...(tail.length ? [folded(`${lever.name}-more`, say('more_settings', { count: tail.length }), tail)] : [])];
  if (!folds) return element('div', { class: 'lever' }, ...body);
  const alone = !it.added;
  const toggle = alone ? element('input', { type: 'checkbox', role: 'switch', 'aria-label': leverTitle(lever), onchange: () => change(next => {
    next.drop = toggle.checked ? next.drop.filter(d => d !== lever.name) : [...next.drop, lever.name];
  }) }) : null;
  const details = element('details', { class: 'lever', ontoggle: () => { opened[details.open ? 'add' : 'delete'](`${lever.name}-lever`); } }, element('summary', {}, ...named(leverTitle(lever), lever.name, [it])), ...body);
  details.open = opened.has(`${lever.name}-lever`);
  const holder = element('div', { class: alone ? 'system inner' : 'inner' }, toggle, details);
  if (toggle) rows.push({ update() { const off = current().drop.includes(lever.name); toggle.checked = !off; holder.classList.toggle('off', off); } });
  return holder;
}

// What other policies have and this one lacks.
function buildAdding(present) {
  const select = byId('adding'), seen = new Map(), options = [];
  for (const policy of D.policies) {
    for (const name of new Set(policy.levers.map(packageOf))) {
      if (present.includes(name)) continue;
      const levers = leversNamed(`${name}@${policy.name}`), looks = JSON.stringify(levers);
      if (current().policy !== D.scenario.baseline && levers.some(l => leversOf(current()).some(it => it.lever.name === l.name))) continue;
      if (seen.get(name)?.includes(looks)) continue;
      seen.set(name, [...(seen.get(name) ?? []), looks]);
      options.push([`${name}@${policy.name}`, packageTitle(name, levers.map(lever => ({ lever }))), title(policy.title)]);
    }
  }
  const double = options.map(o => o[1]).filter((text, n, all) => all.indexOf(text) !== n);
  select.replaceChildren(new Option(say('add_one'), ''), ...options.map(([value, text, policy]) => new Option(double.includes(text) ? say('as_in', { lever: text, policy }) : text, value)));
  select.disabled = !options.length || Boolean(unable);
}

function drawControls() {
  buildControls();
  const of = current();
  byId('policy').value = of.policy;
  byId('metric').value = view.metric;
  byId('future').value = of.future ?? '';
  // A run of few replications has no sweep that would tell how far parameters move anything.
  const known = D.parameters.some(p => Object.values(p.moves ?? {}).some(Boolean));
  byId('ranked-note').textContent = say(movedBy() ? 'ranked_by' : known ? 'ranked_together' : 'ranked_not', { metric: title(metricOf().title), place: placeTitle(movedBy()?.split('@')[1] ?? 'city') });
  byId('future').classList.toggle('changed', Boolean(of.future));
  judged = entryOf(of);
  for (const row of rows) row.update();
  if (lostFocus) document.querySelector(`[data-of="${lostFocus}"] :is(input, select)`)?.focus();
  lostFocus = null;
  // Where nothing can be computed nothing can be moved.
  if (unable) document.querySelectorAll('aside :is(input, button, .system input, #future, #adding)').forEach(e => { e.disabled = true; });
  byId('undo').disabled = !history.past.length && !history.before;
  byId('redo').disabled = !history.future.length;
  drawPlaces();
  drawChanges();
}
// Makes the children of an element anew where what they are made of is another.
function anew(holder, list, make) {
  const made = JSON.stringify([language, list]);
  if (holder.dataset.made === made) return;
  holder.dataset.made = made;
  holder.replaceChildren(...list.map(make));
}
function drawPlaces() {
  const select = byId('place'), options = placesOf().filter(id => id !== 'city');
  anew(select, options.map(id => [placeTitle(id), id]), ([text, id]) => new Option(text, id));
  if (!options.includes(view.place) && options.length) view.place = options.includes('district') ? 'district' : options[0];
  select.value = view.place;
  byId('place-box').hidden = options.length < 2;
}
function drawChanges() {
  const list = changesOf(current()), holder = byId('changes');
  byId('changes-title').textContent = list.length ? say(list.length === 1 ? 'changes_title_one' : 'changes_title', { count: list.length }) : say('changes_none');
  byId('reset-all').classList.toggle('idle', !list.length);
  holder.closest('details').classList.toggle('none', !list.length);
  // By its place in the list: what undoes a change is of the present choice.
  anew(holder, list.map(it => it.text), (text, n) => element('li', {}, element('span', { text }),
    element('button', { type: 'button', class: 'reset', 'aria-label': `${say('reset')}: ${text}`, title: say('reset'), text: '↺', onclick: () => change(changesOf(current())[n].undo) })));
}
function listenToControls() {
  byId('policy').addEventListener('change', e => change(next => Object.assign(next, { policy: e.target.value, set: {}, drop: [], add: [] })));
  byId('future').addEventListener('change', e => change(next => { next.future = e.target.value || null; }));
  byId('adding').addEventListener('change', e => {
    const { value } = e.target;
    e.target.value = '';
    if (!value) return;
    opened.add(value.split('@')[0]);
    change(next => { next.add = [...next.add, value]; });
  });
  byId('metric').addEventListener('change', e => { view.metric = e.target.value; redraw(); want(); });
  byId('place').addEventListener('change', e => { view.place = e.target.value; redraw(); });
  byId('reset-all').addEventListener('click', () => change(next => Object.assign(next, choice(next.policy))));
  byId('undo').addEventListener('click', undo);
  byId('redo').addEventListener('click', redo);
  addEventListener('keydown', e => {
    if (!(e.ctrlKey || e.metaKey) || e.altKey || document.querySelector('dialog[open]')) return;
    const key = e.key.toLowerCase();
    if (key === 'z' || key === 'y') { e.preventDefault(); (key === 'y' || e.shiftKey ? redo : undo)(); }
  });
}
