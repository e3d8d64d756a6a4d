// Drawings: elements of SVG, scales, and a picture that stands alone.

const SVG = 'http://www.w3.org/2000/svg';
function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (known(value) && value !== false) made.setAttribute(name, value);
  made.append(...children.filter(Boolean));
  return made;
}
const label = (x, y, text, attributes = {}) => {
  const made = shape('text', { x, y, ...attributes });
  made.textContent = text;
  return made;
};
const at = v => Math.round(v * 10) / 10;
const path = points => points.map(([x, y], n) => `${n ? 'L' : 'M'}${at(x)} ${at(y)}`).join('');

// Round numbers for an axis that holds these ends.
function ticks(low, high, most) {
  const size = (high - low) / most || 1, power = 10 ** Math.floor(Math.log10(size));
  const pace = [1, 2, 2.5, 5, 10].map(k => k * power).find(p => p >= size * 0.999);
  const found = [];
  for (let n = Math.ceil(low / pace - 1e-9); n * pace <= high + pace * 1e-9; n += 1) found.push(n * pace);
  return { pace, found };
}
// How many decimals steps of this size need.
const decimalsOf = pace => Math.max(0, Math.min(6, -Math.floor(Math.log10(pace) + 1e-9) + (/[5]/.test(String(pace / 10 ** Math.floor(Math.log10(pace)))) && pace < 10 && pace !== 5 && pace !== 0.5 && pace !== 0.05 ? 1 : 0)));

// An axis keeps its ends while what it shows fits and fills a good part of it: so that one sees what moves.
function steady(before, low, high) {
  const room = (high - low) * 0.06 || 1, fits = before && low >= before.low && high <= before.high;
  if (fits && (high - low) > (before.high - before.low) * 0.45) return before;
  const { pace } = ticks(low - room, high + room, 5);
  return { low: Math.min(0, Math.floor((low - (low < 0 ? room : 0)) / pace) * pace), high: Math.max(0, Math.ceil((high + (high > 0 ? room : 0)) / pace) * pace) };
}

// What of a drawing's looks stands in the style sheet, as attributes: for a picture outside the page.
const LOOKS = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'stroke-linejoin', 'paint-order', 'opacity', 'font-size', 'font-weight', 'text-anchor'];
function alone(svg, x, y) {
  const copy = svg.cloneNode(true), [own, copies] = [svg, copy].map(s => [s, ...s.querySelectorAll('*')]);
  own.forEach((e, n) => {
    const looks = getComputedStyle(e);
    for (const name of LOOKS) if (looks.getPropertyValue(name)) copies[n].setAttribute(name, looks.getPropertyValue(name));
    copies[n].removeAttribute('class');
  });
  copy.querySelectorAll('[data-cursor]').forEach(e => e.remove());
  const { width, height } = svg.getBoundingClientRect();
  for (const [name, value] of [['x', at(x)], ['y', at(y)], ['width', at(width)], ['height', at(height)]]) copy.setAttribute(name, value);
  return copy;
}
// Every drawing that is seen, with the answer above it, as one SVG.
function picture() {
  const all = [...document.querySelectorAll('main svg.drawing')].filter(svg => svg.getClientRects().length);
  const boxes = all.map(svg => svg.getBoundingClientRect()), left = Math.min(...boxes.map(b => b.left)), top = Math.min(...boxes.map(b => b.top));
  const width = Math.max(...boxes.map(b => b.right)) - left + 40, lines = [`${title(D.scenario.title)}: ${nameOf(current())}`, ...wrapped(byId('answer').textContent, Math.floor(width / 7.4))];
  const head = 24 + lines.length * 20, height = Math.max(...boxes.map(b => b.bottom)) - top + head + 44;
  const looks = getComputedStyle(document.body), ground = getComputedStyle(document.documentElement).backgroundColor;
  const made = shape('svg', { xmlns: SVG, viewBox: `0 0 ${at(width)} ${at(height)}`, width: at(width), height: at(height), 'font-family': looks.fontFamily.replace(/"/g, "'") },
    shape('rect', { width: '100%', height: '100%', fill: ground }));
  lines.forEach((line, n) => made.append(label(20, 28 + n * 20, line, { fill: looks.color, 'font-size': n ? 13 : 15, 'font-weight': n ? 400 : 600 })));
  all.forEach((svg, n) => {
    const named = svg.closest('figure')?.querySelector('h2,h3');
    made.append(alone(svg, boxes[n].left - left + 20, boxes[n].top - top + head + 10));
    if (named) made.append(label(boxes[n].left - left + 20, boxes[n].top - top + head + 2, named.textContent, { fill: looks.color, 'font-size': 13, 'font-weight': 600 }));
  });
  made.append(label(20, height - 12, `${D.program} · ${say('simulated_note', { count: summaryOf(current())?.n ?? 0 })}`, { fill: looks.color, 'font-size': 11 }));
  return { svg: new XMLSerializer().serializeToString(made), width, height };
}
function wrapped(text, letters) {
  const wide = c => /[\u1100-\uffdc]/.test(c) ? 1.7 : 1, lines = [''];
  let used = 0;
  for (const word of text.replace(/\s+/g, ' ').trim().split(' ')) {
    const size = [...word].reduce((all, c) => all + wide(c), 1);
    if (used + size > letters && lines.at(-1)) { lines.push(''); used = 0; }
    lines[lines.length - 1] += (lines.at(-1) ? ' ' : '') + word;
    used += size;
  }
  return lines;
}
