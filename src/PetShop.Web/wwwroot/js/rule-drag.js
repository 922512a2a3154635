// Rows of the rule editor are dragged by their grip, with a mouse, a pen or a finger. A line shows where the row would go;
// Escape, or letting go where it stood, leaves it there. The server moves it, as it does for the buttons and keys.
const slack = 5;   // pixels before a press is a drag
const edge = 56;   // pixels from the window's edge where it scrolls
const root = document.documentElement;
root.dataset.drags = '';
let drag = null;

const make = name => document.body.appendChild(Object.assign(document.createElement('div'), { className: name, ariaHidden: 'true' }));

// Where a row may go: into groups that hold what it is (a fact of a pet stays among pets), before one of their rows or at their end.
function places(row) {
  const home = row.parentElement.closest('[data-holds]');
  const groups = [...document.querySelectorAll('#rule [data-holds]')].filter(group => group.dataset.holds === home.dataset.holds && !row.contains(group));
  return groups.flatMap(group => {
    const inner = group.querySelector(':scope > .rule-inner'), box = inner.getBoundingClientRect();
    const all = [...inner.querySelectorAll(':scope > [data-row]')], others = all.filter(other => other !== row);
    const next = group === home ? all[all.indexOf(row) + 1] : null;
    const at = (before, y) => ({ group, before: before?.dataset.row ?? '', x: box.left, y, width: box.width, stays: group === home && before === (next ?? null) });
    return [...others.map(other => at(other, other.getBoundingClientRect().top)), at(null, others.at(-1)?.getBoundingClientRect().bottom ?? box.top)];
  });
}

const distance = (place, x, y) => Math.abs(place.y - y) + Math.abs(place.x - x) / 8;

function follow() {
  const { row, x, y, ghost, line } = drag;
  ghost.style.translate = `${x + 14}px ${y + 10}px`;
  drag.place = places(row).reduce((best, place) => !best || distance(place, x, y) < distance(best, x, y) ? place : best, null);
  for (const group of document.querySelectorAll('#rule .is-target')) group.classList.remove('is-target');
  line.hidden = !drag.place || drag.place.stays;
  if (line.hidden) return;
  drag.place.group.classList.add('is-target');
  line.style.translate = `${drag.place.x}px ${drag.place.y - 2}px`;
  line.style.inlineSize = `${drag.place.width}px`;
}

function scroll() {
  if (!drag?.ghost) return;
  const step = drag.y < edge ? drag.y - edge : drag.y > innerHeight - edge ? drag.y - innerHeight + edge : 0;
  if (step) { scrollBy({ top: step / 4, behavior: 'instant' }); follow(); }
  drag.frame = requestAnimationFrame(scroll);
}

function begin() {
  drag.ghost = make('rule-ghost');
  drag.ghost.textContent = drag.grip.dataset.name;
  drag.line = make('rule-drop');
  drag.row.classList.add('is-dragged');
  root.classList.add('is-dragging');
  scroll();
}

function end(drops) {
  if (!drag) return;
  const { row, place, ghost, line, frame } = drag;
  drag = null;
  if (!ghost) return;
  cancelAnimationFrame(frame);
  ghost.remove();
  line.remove();
  row.classList.remove('is-dragged');
  root.classList.remove('is-dragging');
  for (const group of document.querySelectorAll('#rule .is-target')) group.classList.remove('is-target');
  if (!drops || !place || place.stays || !row.isConnected) return;
  const button = Object.assign(document.createElement('button'), { name: 'action', value: `place:${row.dataset.row}:${place.group.dataset.row}:${place.before}`, formNoValidate: true, hidden: true });
  row.closest('form').append(button);
  button.click();
}

document.addEventListener('pointerdown', event => {
  const grip = event.button === 0 && event.isPrimary && event.target.closest?.('[data-grip]');
  if (!grip || drag) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  drag = { grip, row: grip.closest('[data-row]'), pointer: event.pointerId, fromX: event.clientX, fromY: event.clientY };
});
document.addEventListener('pointermove', event => {
  if (drag?.pointer !== event.pointerId) return;
  [drag.x, drag.y] = [event.clientX, event.clientY];
  if (!drag.ghost && Math.hypot(drag.x - drag.fromX, drag.y - drag.fromY) < slack) return;
  if (!drag.ghost) begin();
  follow();
});
document.addEventListener('pointerup', event => { if (drag?.pointer === event.pointerId) end(true); });
document.addEventListener('pointercancel', event => { if (drag?.pointer === event.pointerId) end(false); });
document.addEventListener('lostpointercapture', event => { if (drag?.pointer === event.pointerId) end(false); });
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || !drag) return;
  event.preventDefault();
  end(false);
}, true);
