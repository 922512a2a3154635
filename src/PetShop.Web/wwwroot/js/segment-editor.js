// The rule editor: Alt and an arrow key move the row that holds the keyboard, as its own buttons do; a step moves with its sequence.
const moves = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'into', ArrowLeft: 'out' };

document.addEventListener('keydown', event => {
  const row = event.altKey && !event.ctrlKey && !event.metaKey && event.target.closest?.('[data-row]:not(.rule-step)');
  const action = moves[event.key];
  if (!row || !action) return;
  event.preventDefault();
  row.querySelector(`:scope > .rule-row [data-move="${action}"]`)?.click();
});

// A new segment's key follows its name until somebody types another one: the same that SegmentKeys makes on the server.
const plain = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l' };
const keyOf = (name, taken) => {
  const words = name.normalize('NFD').toLowerCase().replace(/\p{Mn}/gu, '').replace(/[ßæœøł]/g, letter => plain[letter]).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 50).replace(/-$/, '') || 'segment';
  for (let n = 1; ; n++) if (!taken.has(n === 1 ? words : `${words}-${n}`)) return n === 1 ? words : `${words}-${n}`;
};
let named = '';
document.addEventListener('focusin', event => {
  if (event.target.id === 'Input_Name') named = event.target.value;
});
document.addEventListener('input', event => {
  const key = event.target.id === 'Input_Name' && document.querySelector('[data-key-of=Input_Name]');
  if (!key) return;
  const taken = new Set(key.dataset.taken.split(' '));
  if (!key.value || key.value === keyOf(named, taken)) key.value = event.target.value.trim() ? keyOf(event.target.value, taken) : '';
  named = event.target.value;
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
