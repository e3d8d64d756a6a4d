// The page: draws, switches, shows numbers, saves.
const drawn = {}, holders = [...document.querySelectorAll('[data-chart]')], tip = document.getElementById('tip');
let printing = false;
function draw(name) {
  const holder = holders.find(h => h.dataset.chart === name);
  if (!holder) return;
  const width = printing ? 740 : Math.max(280, Math.floor(holder.clientWidth));
  const chart = charts[name](width);
  drawn[name] = chart;
  const empty = !chart || (['fan', 'difference', 'additionality', 'cost'].includes(name) && !chart.table.rows.length);
  if (empty) { holder.innerHTML = `<p class="note">${esc(state.on.size ? T.no_data : T.nothing_shown)}</p>`; } else {
    holder.innerHTML = `<svg viewBox="0 0 ${px(chart.width)} ${px(chart.height)}" width="${px(chart.width)}" height="${px(chart.height)}" role="img" aria-label="${esc(chart.title)}">${chart.body}<line class="cursor ink" visibility="hidden" stroke-dasharray="3 3"/></svg>`;
  }
  const details = document.querySelector(`details.data[data-of="${name}"]`);
  if (details && details.open) fillTable(name);
}
const drawAll = () => Object.keys(charts).forEach(draw);
const policyCharts = ['fan', 'difference', 'additionality', 'cost'];

// Numbers under the pointer, a finger or the focus.
function showTip(content, x, y) {
  tip.textContent = content;
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(6, Math.min(x + 14, innerWidth - box.width - 6)) + 'px';
  tip.style.top = Math.max(6, y + 18 + box.height > innerHeight ? y - box.height - 12 : y + 18) + 'px';
}
function hideTip() {
  tip.hidden = true;
  document.querySelectorAll('.cursor').forEach(c => c.setAttribute('visibility', 'hidden'));
}
function pointYear(holder, frame, n) {
  const svg = holder.querySelector('svg'), box = svg.getBoundingClientRect(), chart = drawn[holder.dataset.chart];
  const x = yearScale(frame.x0, frame.x1)(YEARS[n]), cursor = svg.querySelector('.cursor'), ratio = box.width / chart.width;
  for (const [k, v] of [['x1', x], ['x2', x], ['y1', frame.top], ['y2', frame.bottom], ['visibility', 'visible']]) cursor.setAttribute(k, v);
  return [box.left + x * ratio, box.top + (frame.top + frame.bottom) / 2 * ratio];
}
for (const holder of holders) {
  let frameAt = 0, yearAt = YEARS.length - 1, markAt = -1;
  holder.addEventListener('pointermove', e => {
    const chart = drawn[holder.dataset.chart], svg = holder.querySelector('svg');
    if (!chart || !svg) return;
    const marked = e.target.closest('[data-tip]');
    if (marked) return showTip(marked.dataset.tip, e.clientX, e.clientY);
    const box = svg.getBoundingClientRect(), ratio = chart.width / box.width;
    const x = (e.clientX - box.left) * ratio, y = (e.clientY - box.top) * ratio;
    const number = (chart.frames || []).findIndex(f => x >= f.x0 - 8 && x <= f.x1 + 8 && y >= f.y0 && y <= f.y1);
    if (number < 0) return hideTip();
    const frame = chart.frames[frameAt = number], exact = yearScale(frame.x0, frame.x1).invert(x);
    yearAt = Math.max(0, Math.min(YEARS.length - 1, Math.round(exact) - YEARS[0]));
    pointYear(holder, frame, yearAt);
    showTip(frame.tip(yearAt), e.clientX, e.clientY);
  });
  holder.addEventListener('pointerleave', hideTip);
  holder.addEventListener('blur', hideTip);
  holder.addEventListener('keydown', e => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key], jump = { ArrowDown: 1, ArrowUp: -1 }[e.key], chart = drawn[holder.dataset.chart];
    if (e.key === 'Escape') return hideTip();
    if ((!step && !jump) || !chart) return;
    e.preventDefault();
    if (chart.frames) {
      frameAt = Math.max(0, Math.min(chart.frames.length - 1, frameAt + (jump || 0)));
      yearAt = Math.max(0, Math.min(YEARS.length - 1, yearAt + (step || 0)));
      const frame = chart.frames[frameAt];
      if (frame) showTip(frame.tip(yearAt), ...pointYear(holder, frame, yearAt));
    } else {
      const marks = [...holder.querySelectorAll('[data-tip]')];
      markAt = Math.max(0, Math.min(marks.length - 1, markAt + (step || jump)));
      if (!marks[markAt]) return;
      const box = marks[markAt].getBoundingClientRect();
      showTip(marks[markAt].dataset.tip, box.left + box.width / 2, box.top + box.height / 2);
    }
  });
}

// Policies on and off, and the one in focus.
const boxes = [...document.querySelectorAll('.chip input')], bar = document.getElementById('bar');
function showPolicies() {
  boxes.forEach(b => { b.checked = state.on.has(+b.dataset.policy); });
  document.querySelectorAll('tr[data-row]').forEach(r => r.classList.toggle('off', +r.dataset.row !== D.baseline && !state.on.has(+r.dataset.row)));
  document.getElementById('shown-count').textContent = `${T.controls}: ${state.on.size} / ${POLICIES.length}`;
  policyCharts.forEach(draw);
}
boxes.forEach(b => b.addEventListener('change', () => { state.on[b.checked ? 'add' : 'delete'](+b.dataset.policy); showPolicies(); }));
document.querySelectorAll('[data-show]').forEach(b => b.addEventListener('click', () => {
  const all = LISTED;
  state.on = new Set({ all, none: [], headline: all.filter(i => POLICIES[i].on) }[b.dataset.show]);
  showPolicies();
}));
const focus = document.getElementById('focus');
focus.value = state.focus;
focus.addEventListener('change', () => {
  state.focus = +focus.value;
  state.on.add(state.focus);
  showPolicies();
  ['map', 'timeline'].forEach(draw);
});
document.querySelectorAll('[data-series]').forEach(select => {
  const of = select.dataset.series;
  select.innerHTML = D.series.map((s, n) => `<option value="${n}">${esc(s.title)}</option>`).join('');
  select.addEventListener('change', () => { state[of] = +select.value; draw(of); });
});

// The map's year.
const year = document.getElementById('year'), play = document.getElementById('play');
let timer = 0;
function setYear(n) {
  state.year = n;
  year.value = YEARS[n];
  document.getElementById('year-shown').textContent = YEARS[n];
  draw('map');
}
year.addEventListener('input', () => setYear(+year.value - YEARS[0]));
play.addEventListener('click', () => {
  if (timer) { clearInterval(timer); timer = 0; play.textContent = T.play; return; }
  play.textContent = T.pause;
  setYear(0);
  timer = setInterval(() => {
    if (state.year + 1 < YEARS.length) return setYear(state.year + 1);
    clearInterval(timer);
    timer = 0;
    play.textContent = T.play;
  }, 650);
});

// The data behind a chart, as a table and as CSV.
function fillTable(name) {
  const box = document.querySelector(`details.data[data-of="${name}"] > div`), chart = drawn[name];
  if (!chart) { box.innerHTML = ''; return; }
  const cell = v => known(v) ? esc(v) : '';
  box.innerHTML = `<table class="plain"><thead><tr>${chart.table.head.map(h => `<th scope="col">${esc(h)}</th>`).join('')}</tr></thead><tbody>${chart.table.rows.map(r => `<tr>${r.map(v => `<td>${cell(v)}</td>`).join('')}</tr>`).join('')}</tbody></table>`;
}
document.querySelectorAll('details.data').forEach(d => d.addEventListener('toggle', () => { if (d.open) fillTable(d.dataset.of); }));
function csv(table) {
  const cell = v => {
    if (!known(v)) return '';
    const t = typeof v === 'string' && /^[=+\-@\t\r]/.test(v) ? "'" + v : String(v);
    return /[",\n\r]/.test(t) ? '"' + t.replace(/"/g, '""') + '"' : t;
  };
  return [table.head, ...table.rows].map(r => r.map(cell).join(',')).join('\n') + '\n';
}

// A picture that stands alone: its colours inside, its title above.
function picture(name) {
  const chart = drawn[name], w = chart.width + 40, h = chart.height + 66;
  const style = 'text{fill:#30363d}.head,.title{fill:#0d1117}.tick{fill:#57606a}.grid{stroke:#d0d7de}.zero{stroke:#57606a}.ink{stroke:#0d1117}.ground{fill:#fff}text{paint-order:stroke;stroke:#fff;stroke-width:3px}.land{fill:#f6f8fa;stroke:#d0d7de}';
  return { w, h, svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(w)} ${px(h)}" width="${px(w)}" height="${px(h)}" font-family="${esc(getComputedStyle(document.body).fontFamily)}"><style>${style}</style><rect width="100%" height="100%" fill="#fff"/><text class="title" x="20" y="32" font-size="18">${esc(chart.title)}</text><g transform="translate(20 48)">${chart.body}</g></svg>` };
}
function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
document.querySelectorAll('[data-save]').forEach(button => button.addEventListener('click', () => {
  const name = button.dataset.of, kind = button.dataset.save, chart = drawn[name], file = `${D.scenario}-${name}.${kind}`;
  if (!chart) return;
  if (kind === 'csv') return save(new Blob([csv(chart.table)], { type: 'text/csv' }), file);
  const { w, h, svg } = picture(name), blob = new Blob([svg], { type: 'image/svg+xml' });
  if (kind === 'svg') return save(blob, file);
  const image = new Image(), address = URL.createObjectURL(blob);
  image.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = w * 2;
    canvas.height = h * 2;
    canvas.getContext('2d').drawImage(image, 0, 0, w * 2, h * 2);
    URL.revokeObjectURL(address);
    canvas.toBlob(png => save(png, file));
  };
  image.src = address;
}));

// First drawing, and again when the room changes.
bar.hidden = false;
document.querySelector('.slider').hidden = false;
showPolicies();
drawAll();
let room = document.documentElement.clientWidth, waiting = 0;
addEventListener('resize', () => {
  if (room === document.documentElement.clientWidth) return;
  room = document.documentElement.clientWidth;
  clearTimeout(waiting);
  waiting = setTimeout(drawAll, 120);
});
// On paper nothing can be opened: all is, but for the figures behind charts and the switches.
const folded = [...document.querySelectorAll('main details:not(.data):not(.rest):not(.raw):not(#controls)')];
let opened = [];
const paper = on => {
  if (on) opened = folded.filter(d => !d.open);
  opened.forEach(d => { d.open = on; });
  printing = on;
  drawAll();
};
addEventListener('beforeprint', () => paper(true));
addEventListener('afterprint', () => paper(false));
