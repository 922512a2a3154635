// Charts and sortable tables of the admin area.
//
// A chart:  <figure class="chart" data-chart>
//             <figcaption>Orders a day</figcaption>
//             <script type="application/json">{ "x": [1735689600, …], "time": true, "series": [{ "label": "Orders", "values": [3, …], "unit": "", "kind": "bar" }] }</script>
//             <details><summary>As a table</summary>…</details>
//           </figure>
// x is seconds since 1970 when time is true, a plain number otherwise. Units stand on the axis; up to two units, left and right.
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

function options(data, width) {
  const ink = colour('--ink-soft'), line = colour('--line');
  const strokes = ['--brand', '--coral', '--star', '--good'].map(colour);
  const units = [...new Set(data.series.map(series => series.unit ?? ''))].slice(0, 2);
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 }, font: `12px ${token('--text')}` };
  const bars = window.uPlot.paths.bars({ size: [0.7, 40] });
  return {
    width, height: 240, cursor: { points: { size: 7 } },
    scales: { x: { time: data.time !== false }, ...Object.fromEntries(units.map(unit => [`y${unit}`, { range: (_, low, high) => [Math.min(0, low), high === low ? high + 1 : high * 1.08] }])) },
    axes: [axis, ...units.map((unit, side) => ({ ...axis, scale: `y${unit}`, side: side === 0 ? 3 : 1, size: 64, grid: side === 0 ? axis.grid : { show: false },
      values: (_, ticks) => ticks.map(tick => `${tick.toLocaleString('en')}${unit ? ` ${unit}` : ''}`) }))],
    series: [{ label: data.xLabel ?? (data.time === false ? 'x' : 'Day') }, ...data.series.map((series, i) => ({
      label: series.label, scale: `y${series.unit ?? ''}`, stroke: strokes[i % strokes.length], width: 2,
      ...(series.kind === 'bar' ? { paths: bars, fill: strokes[i % strokes.length], points: { show: false } } : { points: { show: data.x.length < 40 } }),
      value: (_, value) => value == null ? '–' : `${value.toLocaleString('en')} ${series.unit ?? ''}` }))],
  };
}

function draw(figure) {
  const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  const plot = document.createElement('div');
  plot.className = 'chart__plot';
  plot.setAttribute('aria-hidden', 'true');
  figure.querySelector('figcaption').after(plot);
  const chart = new window.uPlot(options(data, plot.clientWidth), [data.x, ...data.series.map(series => series.values)], plot);
  new ResizeObserver(() => chart.setSize({ width: plot.clientWidth, height: 240 })).observe(plot);
}

// <table data-sortable>: a click on a heading sorts by its column; numbers by value (data-value or the text), words by alphabet.
function sortable(table) {
  const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
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
        const [l, r] = [left, right].map(text => parseFloat(text.replace(/[^\d.-]/g, '')));
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
document.querySelectorAll('[data-chart]').forEach(draw);
document.querySelectorAll('table[data-sortable]').forEach(sortable);
document.querySelectorAll('input[data-filters]').forEach(filter);
