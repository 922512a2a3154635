// The rule editor: Alt and an arrow key move the row that holds the keyboard, as its own buttons do; a step moves with its sequence.
const moves = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'into', ArrowLeft: 'out' };

document.addEventListener('keydown', event => {
  const row = event.altKey && !event.ctrlKey && !event.metaKey && event.target.closest?.('[data-row]:not(.rule-step)');
  const action = moves[event.key];
  if (!row || !action) return;
  event.preventDefault();
  row.querySelector(`:scope > .rule-row [data-move="${action}"]`)?.click();
});

// A trait chosen while the closer look is on its way stays chosen when it comes.
let chosen;
document.addEventListener('change', event => {
  if (event.target.id === 'spread-trait') chosen = event.target.value;
});
document.addEventListener('htmx:afterSettle', () => {
  const select = document.getElementById('spread-trait');
  if (!chosen || !select || select.value === chosen) return;
  select.value = chosen;
  select.dispatchEvent(new Event('change', { bubbles: true }));
});
