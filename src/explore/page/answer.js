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
  if (found.precomputed) return `${say('sure_precomputed', { count: found.n })}${unable ? '' : ` ${say('sure_computing')}`}`;
  const metric = metricOf(), last = yearsOf().length - 1, figure = found.series[`${metric.id}@city`]?.[last] ?? found.series[`${metric.id}@${view.place}`]?.[last];
  if (!figure || !known(figure.mean)) return '';
  if (figure.same) return say('sure_same', { count: found.n });
  if (!known(figure.off)) return say('sure_few', { count: found.n });
  const off = amount(figure.off, metric.unit, number), higher = Math.round(figure.above * found.n * 2) / 2;
  const where = found.series[`${metric.id}@city`] ? placeTitle('city') : placeTitle(view.place);
  const verdict = figure.p05 > 0 ? 'sure_more' : figure.p95 < 0 ? 'sure_less' : 'sure_open';
  return say(verdict, { count: found.n, off, higher: number(higher, Number.isInteger(higher) ? 0 : 1), place: where });
}
// What the changes did, against the policy as shipped: the mean of the differences of each pair of histories with its own
// interval. What both policies share in a history cancels out, so it is far narrower than those of the two means.
// { n, of(series, year) }; nothing where there is nothing to compare.
function movedAgainstOrigin() {
  if (asShipped(current()) || isStale() || current().policy === D.scenario.baseline) return null;
  const [own, origin] = [entryOf(current()), entryOf(choice(current().policy))], n = STAGES.findLast(stage => Math.min(own.done, origin.done) >= stage);
  if (!n || own.refused) return null;
  const value = ({ setup, values }, r, id, year) => values[r][setup.series.findIndex(series => series.id === id) * setup.years.length + year];
  return { n, of: (id, year) => summary(Array.from({ length: n }, (_, r) => value(own, r, id, year) - value(origin, r, id, year)), own.setup.block) };
}
function againstOrigin(metric, last) {
  const paired = movedAgainstOrigin();
  if (!paired) return '';
  const place = seriesIds().includes(`${metric.id}@city`) ? 'city' : view.place, moved = paired.of(`${metric.id}@${place}`, last);
  const { divisor } = unitOf(metric.unit), words = { place: placeTitle(place), count: paired.n, change: amount(moved.mean, metric.unit) };
  if (moved.same) return say('against_origin_same', words);
  if (!known(moved.off)) return `${say('against_origin', words)} ${say('against_origin_few')}`;
  const [low, high] = [-1, 1].map(side => (moved.mean + side * moved.off) / divisor), d = places(Math.max(Math.abs(moved.mean), moved.off) / divisor);
  return `${say('against_origin', words)} ${say(low > 0 || high < 0 ? 'against_origin_sure' : 'against_origin_open', { interval: interval(low, high, d) })}`;
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
// What is wrong, what was expected where that is not said already, and what to do. Units in brackets are words of registers.
function sentencesOf({ message, expected, help }) {
  const plain = text => text.replace(/ \[([^\]]*)\]/g, (_, unit) => unit === '1' ? '' : ` (${unitAsWritten(unit) || unit})`);
  return [message, expected && !message.toLowerCase().includes(expected.toLowerCase()) ? expected : '', help].filter(Boolean).map(text => capital(plain(text)));
}
// What the engine refuses, in its words.
function drawProblems() {
  const { refused } = entryOf(current()), holder = byId('problems');
  holder.hidden = !refused;
  if (!refused) return holder.replaceChildren();
  const list = refused.problems.map(problem => element('li', {}, ...sentencesOf(problem).map((text, n) => element(n ? 'span' : 'b', { text })),
    problem.excerpt ? element('pre', { text: problem.excerpt }) : null,
    problem.file ? element('span', { class: 'from', text: [problem.file, problem.line, problem.column].filter(known).join(':') }) : null));
  holder.replaceChildren(element('h2', { text: say('refused') }), list.length ? element('ul', { lang: 'en' }, ...list) : element('pre', { lang: 'en', text: refused.text }),
    element('p', {}, element('button', { type: 'button', text: say('undo_that'), onclick: undo }), ` ${say('refused_note')}`));
}
// What is possible and hardly meant, or changes nothing: as `check` warns.
function drawWarnings() {
  const { warnings, refused } = entryOf(current()), holder = byId('warnings'), list = refused ? [] : warnings ?? [];
  holder.hidden = !list.length;
  const text = list.join('\n');
  if (holder.dataset.said === `${language} ${text}`) return;
  holder.dataset.said = `${language} ${text}`;
  holder.replaceChildren(element('h2', { text: say('warned') }), element('ul', { lang: 'en' }, ...list.map(warning => element('li', { text: plainWarning(warning) }))));
}
