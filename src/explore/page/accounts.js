// Two accounts: of jobs, from what supported firms have to what the city has more; and of money.

// The steps from gross to net: { key, sign and terms } of what `analysis/twin` counts, in the last year.
const STEPS = [
  { key: 'gross', total: true, of: t => t.gross },
  { key: 'deadweight', of: t => -t.deadweight },
  { key: 'moved', of: t => -t.relocated },
  { key: 'elsewhere', of: t => (t.created_outside ?? 0) - (t.lost ?? 0) },
  { key: 'others', of: t => (t.spillover ?? 0) - (t.displaced ?? 0) },
  { key: 'net', total: true, of: t => t.net_city ?? t.net },
  { key: 'products', of: t => known(t.product_market_displacement) ? -Math.abs(t.product_market_displacement) : null },
  { key: 'net_after', total: true, of: t => t.net_city_after_displacement },
];
function stepsOf(terms) {
  let level = 0;
  const rows = [];
  for (const stage of STEPS) {
    const value = stage.of(terms);
    if (!known(value)) continue;
    if (stage.total) { rows.push({ ...stage, value, from: 0, to: value }); level = value; } else { rows.push({ ...stage, value, from: level, to: level + value }); level += value; }
  }
  return rows;
}
function drawJobs(found, size) {
  const holder = byId('jobs-plot'), rows = stepsOf(found.terms), width = Math.max(260, size.width), year = D.scenario.years[1];
  byId('jobs-title').textContent = say('jobs_title', { year });
  byId('jobs-bridge').textContent = bridge(found.terms);
  const narrow = width < 430, side = narrow ? 0 : Math.min(230, width * 0.42), pace = narrow ? 36 : 21, tall = rows.length * pace + 6;
  const low = Math.min(0, ...rows.flatMap(r => [r.from, r.to])), high = Math.max(1, ...rows.flatMap(r => [r.from, r.to]));
  const left = side + 6, right = width - 64, x = v => left + (right - left) * (v - low) / (high - low);
  const svg = shape('svg', { class: 'drawing', viewBox: `0 0 ${width} ${tall}`, width, height: tall, 'aria-hidden': 'true' });
  svg.append(shape('line', { class: 'zero', x1: at(x(0)), x2: at(x(0)), y1: 0, y2: tall }));
  rows.forEach((row, n) => {
    const top = n * pace + (narrow ? 18 : 4), [a, b] = [Math.min(row.from, row.to), Math.max(row.from, row.to)];
    svg.append(label(narrow ? left : side, narrow ? top - 4 : top + 13, say(`step_${row.key}`), { class: row.total ? 'total' : 'part', 'text-anchor': narrow ? 'start' : 'end' }),
      shape('rect', { class: row.total ? row.key === 'gross' ? 'bar gross' : 'bar net' : row.value < 0 ? 'bar less' : 'bar more', x: at(x(a)), y: top, width: at(Math.max(1, x(b) - x(a))), height: 16, rx: 2 }),
      label(at(x(b)) + 5, top + 13, row.total ? number(row.value, 0) : signed(row.value, 0), { class: row.total ? 'total' : 'part' }));
    if (n && !row.total) svg.append(shape('line', { class: 'joint', x1: at(x(row.from)), x2: at(x(row.from)), y1: top - (pace - 16), y2: top }));
  });
  holder.replaceChildren(svg);
  holder.setAttribute('aria-label', `${byId('jobs-title').textContent}: ${rows.map(row => `${say(`step_${row.key}`)} ${row.total ? number(row.value, 0) : signed(row.value, 0)}`).join('; ')}`);
}

// How the district's difference follows from the bars: theirs are of supported firms and of the whole city.
function bridge({ gross, deadweight, net_district }) {
  if (![gross, deadweight, net_district].every(known)) return '';
  const others = net_district - gross + deadweight;
  return say('jobs_bridge', { district: signed(net_district, 0), gross: number(gross, 0), deadweight: number(deadweight, 0), others: signed(others, 0) });
}

// Cost and present values, each with its middle 90 % on one scale of money.
const MONEY_ROWS = ['public_cost_pv', 'fiscal_npv', 'economic_npv'];
const outcomeUnit = id => id === 'job_years' ? 'persons year' : id === 'net_jobs' ? 'persons' : '{money}';
function drawMoney(found, size) {
  const holder = byId('money-plot'), { divisor, name } = unitOf('{money}'), rows = MONEY_ROWS.filter(id => found.outcomes[id]);
  byId('money-title').textContent = say('money_title', { unit: name, year: D.scenario.base_year ?? '' }).replace(/\s*,?\s*\)$/, ')');
  const values = rows.flatMap(id => { const o = found.outcomes[id]; return [o.mean, o.p05, o.p95]; }).filter(known).map(v => v / divisor);
  const low = Math.min(0, ...values), high = Math.max(low + 1, 0, ...values), width = Math.max(260, size.width), pace = 52, tall = rows.length * pace + 4;
  const x = v => 8 + (width - 16) * (v - low) / (high - low);
  const svg = shape('svg', { class: 'drawing', viewBox: `0 0 ${width} ${tall}`, width, height: tall, 'aria-hidden': 'true' });
  const said = rows.map((id, n) => {
    const o = found.outcomes[id], top = n * pace, d = places(o.mean / divisor), write = id === 'public_cost_pv' ? number : signed;
    const middle = known(o.p05) ? between(write(o.p05 / divisor, d), write(o.p95 / divisor, d)) : '–';
    const loss = id === 'public_cost_pv' || !known(o.below) ? '' : o.below === 0 ? say('loss_none') : o.below === 1 ? say('loss_all') : say('loss', { share: probability(o.below) });
    svg.append(label(0, top + 14, say(id), { class: 'part' }), label(width, top + 14, write(o.mean / divisor, d), { class: 'total', 'text-anchor': 'end' }),
      label(0, top + 46, loss, { class: 'tick' }), label(width, top + 46, middle, { class: 'tick', 'text-anchor': 'end' }));
    svg.append(shape('line', { class: 'grid', x1: 0, x2: width, y1: top + 27, y2: top + 27 }), shape('line', { class: 'zero', x1: at(x(0)), x2: at(x(0)), y1: top + 20, y2: top + 34 }));
    if (known(o.p05)) svg.append(shape('rect', { class: 'whisker', x: at(x(o.p05 / divisor)), y: top + 23, width: at(Math.max(1, x(o.p95 / divisor) - x(o.p05 / divisor))), height: 8, rx: 4 }));
    svg.append(shape('circle', { class: 'end', cx: at(x(o.mean / divisor)), cy: top + 27, r: 4.5 }));
    return `${say(id)} ${write(o.mean / divisor, d)} ${name} (${say('middle_90')}: ${middle})${loss ? `, ${loss}` : ''}`;
  });
  holder.replaceChildren(svg);
  holder.setAttribute('aria-label', `${byId('money-title').textContent}: ${said.join('; ')}`);
}
