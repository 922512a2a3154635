// Charts and sortable tables of the admin area.
//
// A chart:  <figure class="chart" data-chart>
//             <figcaption>Orders a day</figcaption>
//             <script type="application/json">{ "x": [1735689600, …], "time": true, "series": [{ "label": "Orders", "values": [3, …], "unit": "", "kind": "bar" }] }</script>
//             <details><summary>As a table</summary>…</details>
//           </figure>
// x is seconds since 1970 when time is true, a plain number otherwise. Units stand on the axis; up to two units, left and right.
// kind is bar, line, dashes or points; fromZero: false lets the axis begin near the lowest value.
const token = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// A canvas does not know light-dark(); a probe element resolves a token to the colour in use.
function colour(name) {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

// Days are days of the shop: their noon in UTC, whatever the clock of the browser says.
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const say = (format, seconds) => format.format(new Date(seconds * 1000));
// Plus nothing: minus nothing is nothing, too.
const number = value => (value + 0).toLocaleString('en', { maximumFractionDigits: 4 });
const withUnit = (value, unit) => !unit ? value : unit.length === 1 && unit !== '%' ? `${unit}${value}` : `${value}\u00a0${unit}`;

// An axis is as wide as its longest figure: £200,000 needs more than 25 %.
const pen = document.createElement('canvas').getContext('2d');
function room(chart, figures) {
  pen.font = `12px ${token('--text')}`;
  return Math.max(56, ...(figures ?? []).map(figure => Math.ceil(pen.measureText(figure).width) + 16));
}

// As many ticks as have room, on data points, the last one always.
function ticks(chart, xs) {
  const every = Math.ceil(xs.length / Math.max(2, Math.floor(chart.bbox.width / devicePixelRatio / 62)));
  return xs.filter((_, i) => (xs.length - 1 - i) % every === 0);
}

function options(data, width) {
  const ink = colour('--ink-soft'), line = colour('--line'), dated = data.time !== false;
  const strokes = ['--brand', '--coral', '--star', '--good'].map(colour);
  const units = [...new Set(data.series.map(series => series.unit ?? ''))].slice(0, 2);
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: `12px ${token('--text')}` };
  const bars = window.uPlot.paths.bars({ size: [0.7, 40] });
  const half = data.x.length > 1 ? (data.x[1] - data.x[0]) * 0.6 : 1;
  const scale = (_, low, high) => data.fromZero === false ? [low - (high - low || high) * 0.1, high + (high - low || high) * 0.1] : [Math.min(0, low), high === low ? high + 1 : high * 1.08];
  const kinds = {
    bar: stroke => ({ paths: bars, fill: stroke, points: { show: false } }),
    points: stroke => ({ paths: () => null, points: { show: true, size: 8, fill: stroke } }),
    dashes: () => ({ dash: [6, 4], points: { show: false } }),
    line: () => ({ points: { show: data.x.length < 40 && data.series.length === 1, size: 6 } }),
  };
  const latest = chart => chart.cursor.idx == null && chart.setLegend({ idx: data.x.length - 1 });
  return {
    width, height: 230, padding: [12, units.length > 1 ? 0 : 20, 0, 0], cursor: { points: { size: 7 }, y: false },
    legend: { markers: { width: 0, fill: (_, i) => strokes[(i - 1) % strokes.length] } },
    hooks: { ready: [latest], setCursor: [latest] },
    scales: {
      x: { time: dated, range: () => [data.x[0] - half, data.x.at(-1) + half] },
      ...Object.fromEntries(units.map(unit => [`y${unit}`, { range: scale }])),
    },
    axes: [
      { ...axis, grid: { show: false }, size: 32, splits: chart => ticks(chart, data.x), values: (_, at) => at.map(x => dated ? say(day, x) : withUnit(x, data.unitX)) },
      ...units.map((unit, side) => ({ ...axis, scale: `y${unit}`, side: side === 0 ? 3 : 1, size: room, grid: side === 0 ? axis.grid : { show: false },
        values: (_, at) => at.map(y => withUnit(number(y), unit)) })),
    ],
    series: [{ label: data.xLabel ?? 'Day', value: (_, x) => x == null ? '' : dated ? say(weekday, x) : `${data.xLabel ?? ''} ${withUnit(x, data.unitX)}` }, ...data.series.map((series, i) => ({
      label: series.label, scale: `y${series.unit ?? ''}`, stroke: strokes[i % strokes.length], width: 2,
      ...(kinds[series.kind] ?? kinds.line)(strokes[i % strokes.length]),
      value: (_, value) => value == null ? '–' : withUnit(number(value), series.unit) }))],
  };
}

function draw(figure) {
  if (figure.querySelector('.chart__plot')) return;
  const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const plot = document.createElement('div');
  plot.className = 'chart__plot';
  plot.setAttribute('aria-hidden', 'true');
  figure.querySelector('figcaption').after(plot);
  const make = () => new window.uPlot(options(data, plot.clientWidth), [data.x, ...data.series.map(series => series.values)], plot);
  let chart = make();
  new ResizeObserver(() => chart.setSize({ width: plot.clientWidth, height: 230 })).observe(plot);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { chart.destroy(); chart = make(); });
}

// <table data-sortable>: a click on a heading sorts by its column; numbers by value (data-value or the text), words by alphabet.
function sortable(table) {
  const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const isFigure = (row, heading) => heading.classList.contains('numeric') || 'value' in row.cells[heading.cellIndex].dataset;
  table.querySelectorAll('thead th:not([data-fixed])').forEach(heading => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    heading.setAttribute('aria-sort', 'none');
    button.addEventListener('click', () => {
      const up = heading.getAttribute('aria-sort') !== 'ascending';
      table.querySelectorAll('th[aria-sort]').forEach(other => other.setAttribute('aria-sort', 'none'));
      heading.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => {
        const [left, right] = [value(a, heading.cellIndex), value(b, heading.cellIndex)];
        const [l, r] = [left, right].map(text => isFigure(a, heading) ? parseFloat(text.replace(/[^\d.-]/g, '')) : NaN);
        const order = Number.isNaN(l) || Number.isNaN(r) ? left.localeCompare(right) : l - r;
        return up ? order : -order;
      });
      table.tBodies[0].append(...rows);
    });
  });
}

// <input data-filters="table-id"> keeps the rows that contain its words.
function filter(input) {
  const rows = document.getElementById(input.dataset.filters).tBodies[0].rows;
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word));
  });
}

// htmx and uPlot are deferred scripts, and so done before this module runs.
// A canvas draws with whatever font is there, so the text font is waited for.
document.fonts.load(`12px ${token('--text')}`).catch(() => []).then(() => document.querySelectorAll('[data-chart]').forEach(draw));
document.body.addEventListener('htmx:load', event => event.detail.elt !== document.body && [event.detail.elt, ...event.detail.elt.querySelectorAll('[data-chart]')].filter(part => part.matches('[data-chart]')).forEach(draw));
document.querySelectorAll('table[data-sortable]').forEach(sortable);
document.querySelectorAll('input[data-filters]').forEach(filter);

// A table wider than its place is scrolled, by keyboard too.
const reach = new ResizeObserver(boxes => boxes.forEach(({ target }) => target.toggleAttribute('tabindex', target.scrollWidth > target.clientWidth) && target.setAttribute('tabindex', '0')));
document.querySelectorAll('.table-scroll').forEach(box => reach.observe(box));
document.body.addEventListener('htmx:load', event => event.detail.elt.querySelectorAll('.table-scroll').forEach(box => reach.observe(box)));

// <input data-enter="preview">: Enter in it presses the button of this value, not the first of the form.
document.addEventListener('keydown', event => {
  const button = event.key === 'Enter' && !event.isComposing && event.target.form?.querySelector(`button[value="${event.target.dataset.enter}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// What was sent in place and refused comes back with its faults, often out of sight: the keyboard goes to the first of them.
document.body.addEventListener('htmx:afterSettle', event => {
  if (!['save', 'confirm', 'send', 'test'].includes(event.detail.requestConfig?.triggeringEvent?.submitter?.value)) return;
  const fault = document.querySelector('main form :is(.input-validation-error, .validation-summary-errors li:not([style]), .error)');
  const row = fault?.closest('[data-row]')?.querySelector(':scope > .rule-row');
  const fields = [...row?.querySelectorAll(':is(select, input, textarea):not([type=hidden])') ?? []];
  const field = fields.find(one => one.value === '') ?? fields.at(-1) ?? fault;
  if (!field) return;
  if (field.matches(':not(input, select, textarea)')) field.tabIndex = -1;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: 'center', behavior: 'instant' });
});

// On a phone the pages of the area are one row: the one that is open comes into view.
const here = document.querySelector('.admin__side nav [aria-current]');
here?.closest('nav').scrollTo({ left: here.offsetLeft - 48 });
