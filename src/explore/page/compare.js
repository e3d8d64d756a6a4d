// Up to three choices that are kept beside the present one.

function pin() {
  if (pins().length >= MOST_PINS || pins().some(p => keyOf(p) === keyOf(current()))) return;
  take({ ...history.present, pins: [...pins(), copied(current())] });
}
const unpin = of => take({ ...history.present, pins: pins().filter(pinned => pinned !== of) });
const bringBack = of => take({ ...history.present, choice: copied(of) });

function drawPins() {
  const full = pins().length >= MOST_PINS, twice = pins().some(p => keyOf(p) === keyOf(current()));
  byId('pin').disabled = full || twice;
  byId('pin').textContent = say(twice ? 'pinned' : 'pin');
  byId('pin').title = full ? say('pins_full') : twice ? say('pinned_already') : '';
  byId('compare').hidden = !pins().length;
  if (!pins().length) return;
  const metric = metricOf(), last = yearsOf().length - 1, where = shownPlaces();
  const heads = [...where.map(place => [placeTitle(place), unitOf(metric.unit).name]), ...['public_cost_pv', 'economic_npv'].map(id => [say(id), unitOf('{money}').name]), [say('loss_head'), ''], [say('replications'), '']];
  const line = (of, n) => {
    const found = n === null ? shownSummary() : summaryOf(of), cells = [];
    // On a narrow screen each row stands as a card, its cells under each other with what they are.
    const cell = (main, below) => element('td', { role: 'cell', 'data-head': heads[cells.length].filter(Boolean).join(', ') }, element('span', { class: 'number', text: main }), below ? element('span', { class: 'interval', text: below }) : null);
    for (const place of where) { const f = found?.series[`${metric.id}@${place}`]?.[last]; cells.push(f ? cell(signed(f.mean / unitOf(metric.unit).divisor), rangeOf(f, metric.unit)) : cell('…')); }
    for (const id of ['public_cost_pv', 'economic_npv']) { const o = found?.outcomes[id], { divisor } = unitOf('{money}'); cells.push(o ? cell((id === 'public_cost_pv' ? number : signed)(o.mean / divisor), rangeOf(o, '{money}')) : cell('…')); }
    const loss = found?.outcomes.economic_npv?.below;
    cells.push(cell(known(loss) ? probability(loss) : '…'));
    cells.push(cell(found ? `${found.n}${found.precomputed ? ` (${say('marked_short')})` : ''}` : '…'));
    const refused = entryOf(of).refused;
    const changes = changesOf(of).map(c => c.text).join('; ');
    const head = element('th', { scope: 'row', role: 'rowheader' }, keySample(n), element('span', { class: 'name', text: n === null ? `${say('now')}: ${nameOf(of)}` : nameOf(of) }), changes ? element('span', { class: 'changes', text: changes }) : null,
      refused ? element('span', { class: 'changes', text: say('refused_short') }) : null);
    const buttons = n === null ? element('td', { role: 'cell' }) : element('td', { role: 'cell', class: 'acts' },
      element('button', { type: 'button', text: say('bring_back'), 'aria-label': `${say('bring_back')}: ${LETTERS[n]}`, onclick: () => bringBack(of) }),
      element('button', { type: 'button', text: say('unpin'), 'aria-label': `${say('unpin')}: ${LETTERS[n]}`, onclick: () => unpin(of) }));
    return element('tr', { role: 'row' }, head, ...cells, buttons);
  };
  byId('compare-table').replaceChildren(
    element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, element('th', { scope: 'col', role: 'columnheader', text: say('variant') }), ...heads.map(([text, unit]) => element('th', { scope: 'col', role: 'columnheader' }, text, unit ? element('span', { class: 'unit', text: unit }) : null)), element('td', { role: 'cell' }))),
    element('tbody', { role: 'rowgroup' }, line(current(), null), ...pins().map((p, n) => line(p, n))));
  byId('compare-title').textContent = say('compare_title', { metric: title(metric.title), year: yearsOf()[last] });
}
function keySample(n) {
  const svg = shape('svg', { class: 'sample', width: 30, height: 12, 'aria-hidden': 'true' });
  const line = shape('line', { x1: 1, x2: 29, y1: 6, y2: 6, class: n === null ? 'mean' : 'pin', 'stroke-dasharray': n === null ? null : PINNED[n][1] });
  if (n !== null) line.style.setProperty('--pin', PINNED[n][0]);
  svg.append(line);
  return element('span', { class: 'key' }, svg, n === null ? '' : LETTERS[n]);
}
