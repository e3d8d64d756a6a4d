// The answer in words, and how sure it is.

let lastShown = null;   // what is seen while the next is computed
// What is seen now: of the choice, or while nothing of it is known, what was seen before.
function shownSummary() {
  const own = summaryOf(current());
  if (own) lastShown = { key: keyOf(current()), summary: own };
  return own ?? (lastShown && lastShown.summary.metric === view.metric ? lastShown.summary : null);
}
const isStale = () => !summaryOf(current());

function drawAnswer() {
  const found = shownSummary(), entry = entryOf(current()), years = yearsOf(), last = years.length - 1, metric = metricOf();
  const holder = byId('figures');
  document.body.classList.toggle('stale', isStale());
  byId('policy-shown').textContent = nameOf(current());
  const said = [];
  const cards = shownPlaces().map(place => {
    const figure = found?.series[`${metric.id}@${place}`]?.[last];
    const { divisor, name } = unitOf(metric.unit);
    const text = figure ? signed(figure.mean / divisor) : '…', middle = figure ? rangeOf(figure, metric.unit) : '';
    if (figure) said.push(say('answer_place', { place: placeTitle(place), mean: amount(figure.mean, metric.unit), middle }));
    return element('div', { class: 'figure' }, element('span', { class: 'where', text: placeTitle(place) }),
      element('span', { class: 'big' }, element('b', { text }), element('span', { class: 'unit', text: name })), element('span', { class: 'middle', text: middle ? say('middle_is', { middle }) : '' }));
  });
  holder.replaceChildren(...cards);
  byId('answer').textContent = found ? say('answer', { metric: title(metric.title), year: years[last], baseline: title(policyOf(D.scenario.baseline).title).replace(/^[^:]{1,8}: /, '') }) : say('computing');
  byId('sure').textContent = sureness(found);
  byId('origin-difference').textContent = againstOrigin(metric, last);
  drawProgress(entry, found);
  return `${nameOf(current())}. ${byId('answer').textContent} ${said.join(' ')} ${byId('sure').textContent}`;
}
function sureness(found) {
  if (!found) return '';
  if (found.precomputed) return say('sure_precomputed', { count: found.n });
  const metric = metricOf(), last = yearsOf().length - 1, figure = found.series[`${metric.id}@city`]?.[last] ?? found.series[`${metric.id}@${view.place}`]?.[last];
  if (!figure || !known(figure.mean)) return '';
  if (figure.same) return say('sure_same', { count: found.n });
  if (!known(figure.off)) return say('sure_few', { count: found.n });
  const off = amount(figure.off, metric.unit, number), higher = Math.round(figure.above * found.n * 2) / 2;
  const where = found.series[`${metric.id}@city`] ? placeTitle('city') : placeTitle(view.place);
  const verdict = figure.p05 > 0 ? 'sure_more' : figure.p95 < 0 ? 'sure_less' : 'sure_open';
  return say(verdict, { count: found.n, off, higher: number(higher, Number.isInteger(higher) ? 0 : 1), place: where });
}
// What the changes did, against the policy as shipped, in the same replications.
function againstOrigin(metric, last) {
  if (asShipped(current()) || isStale() || current().policy === D.scenario.baseline) return '';
  const own = summaryOf(current()), origin = summaryOf(choice(current().policy));
  if (!own || !origin) return '';
  const id = `${metric.id}@${seriesIds().includes(`${metric.id}@city`) ? 'city' : view.place}`;
  const n = Math.min(own.n, origin.n), [a, b] = [own, origin].map((s, k) => s.n === n ? s : summaryOf(k ? choice(current().policy) : current(), n));
  if (!a || !b || a.n !== b.n) return '';
  return say('against_origin', { change: amount(a.series[id][last].mean - b.series[id][last].mean, metric.unit), place: placeTitle(id.split('@')[1]), count: n });
}
function drawProgress(entry, found) {
  const most = STAGES.at(-1), bar = byId('progress'), { done } = entry;
  // What is computed beforehand stays until as many are computed here.
  const next = STAGES.find(s => s > done && !(found?.precomputed && s < found.n)) ?? most;
  bar.style.setProperty('--done', `${100 * Math.min(1, done / most)}%`);
  const count = found?.precomputed ? say('marked_precomputed') : found && !isStale() ? say('count', { count: found.n }) : say('updating');
  byId('count').textContent = unable ? say('marked_precomputed') : entry.refused ? say('refused_short') : count;
  byId('count').classList.toggle('mark', Boolean(found?.precomputed));
  byId('sharper').textContent = unable || entry.refused || done >= most ? '' : say('sharper', { done, next });
}

const capital = text => text.charAt(0).toUpperCase() + text.slice(1);
// What the engine refuses, in its words.
function drawProblems() {
  const { refused } = entryOf(current()), holder = byId('problems');
  holder.hidden = !refused;
  if (!refused) return holder.replaceChildren();
  const list = refused.problems.map(problem => element('li', {}, element('b', { text: capital(problem.message) }),
    problem.expected ? element('span', { text: capital(problem.expected) }) : null,
    problem.help ? element('span', { class: 'help', text: problem.help }) : null,
    problem.excerpt ? element('pre', { text: problem.excerpt }) : null,
    problem.file ? element('span', { class: 'from', text: [problem.file, problem.line, problem.column].filter(known).join(':') }) : null));
  holder.replaceChildren(element('h2', { text: say('refused') }), list.length ? element('ul', { lang: 'en' }, ...list) : element('pre', { lang: 'en', text: refused.text }),
    element('p', {}, element('button', { type: 'button', text: say('undo_that'), onclick: undo }), ` ${say('refused_note')}`));
}
