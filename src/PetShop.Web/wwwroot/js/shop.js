// Enhances what already works without script: rails get buttons, cart and wish forms answer in place.
const buttons = `<button type="button" data-step="-1" aria-label="Back"><svg class="icon" aria-hidden="true"><use href="#i-left"/></svg></button>
<button type="button" data-step="1" aria-label="Further"><svg class="icon" aria-hidden="true"><use href="#i-right"/></svg></button>`;

function enhanceRail(rail) {
  const track = rail.querySelector('.rail__track');
  if (!track || rail.querySelector('.rail__buttons')) return;
  const box = document.createElement('div');
  box.className = 'rail__buttons';
  box.innerHTML = buttons;
  rail.querySelector('.rail__head')?.append(box);
  const [back, further] = box.children;
  const update = () => {
    back.disabled = track.scrollLeft < 8;
    further.disabled = track.scrollLeft + track.clientWidth > track.scrollWidth - 8;
    box.hidden = track.scrollWidth <= track.clientWidth + 8;
  };
  box.addEventListener('click', event => {
    const step = event.target.closest('button')?.dataset.step;
    if (step) track.scrollBy({ left: step * track.clientWidth * 0.85, behavior: 'smooth' });
  });
  track.addEventListener('scroll', update, { passive: true });
  new ResizeObserver(update).observe(track);
}

const enhance = root => root.querySelectorAll('.rail').forEach(enhanceRail);
enhance(document);
document.addEventListener('htmx:load', event => enhance(event.detail.elt.parentElement ?? document));

// Cards submit page-wide forms (#cart-add, #wish) through their buttons' form attribute. The answer is a fragment:
// a toast, with the cart badge swapped out of band.
document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.matches('form[data-in-place]') || !window.htmx) return;
  event.preventDefault();
  const button = event.submitter;
  // A second press while the first is on its way is the same wish.
  if (button?.hasAttribute('aria-busy')) return;
  const values = Object.fromEntries(new FormData(form, button));
  // A list narrowed in place has another address than the page that came.
  if (values.returnUrl) values.returnUrl = location.pathname + location.search;
  // What was put right is taken back by the same press.
  const pressed = button?.getAttribute('aria-pressed') === 'true';
  if (values.correction && pressed) values.correction = `undo ${values.correction}`;
  // A card of a rail says which recommendation it came from, so that an order can be traced to it.
  const recommendation = button?.closest('[data-rec]')?.dataset.rec;
  if (recommendation) values.recommendationId = recommendation;
  button?.setAttribute('aria-busy', 'true');
  inTurn(async () => {
    if (!await sendInPlace(form, values)) return;
    if (button?.hasAttribute('aria-pressed')) button.setAttribute('aria-pressed', String(!pressed));
    if (values.correction?.startsWith('undo ')) takeBack(values.correction.slice(5).replace(/[^\w -]/g, ''));
    if (values.skuId && document.getElementById('cart-contents')) await changeCart('GET', location.pathname);
  }).finally(() => button?.removeAttribute('aria-busy'));
});

// What is pressed is sent in turn: of two requests at once htmx would drop one, or put the older answer over the newer.
let last = Promise.resolve();
function inTurn(work) {
  last = last.then(work).catch(() => {});
  return last;
}

// Sends a form and shows its answer as a toast; false when it was not taken, which a toast tells as well.
async function sendInPlace(form, values) {
  let taken = true;
  const note = () => { taken = false; };
  const failures = ['htmx:responseError', 'htmx:sendError'];
  failures.forEach(failure => document.addEventListener(failure, note));
  // Who is sent to sign in first has not been served yet: on the way back the button is as it was.
  const leaving = event => { if (event.detail.xhr.getResponseHeader('HX-Redirect')) note(); };
  document.addEventListener('htmx:beforeOnLoad', leaving);
  try {
    // A form that an answer before has taken away cannot send itself any more.
    await window.htmx.ajax('POST', form.getAttribute('action'), { source: form.isConnected ? form : '#toasts', target: '#toasts', swap: 'beforeend', select: 'unset', values });
  } finally {
    failures.forEach(failure => document.removeEventListener(failure, note));
    document.removeEventListener('htmx:beforeOnLoad', leaving);
  }
  return taken;
}

// The cart changes in place: its lines, its sum, the numbers in the header and the rail beside it come anew, and the keyboard stays where it was, or near.
async function changeCart(verb, path, values) {
  const held = document.activeElement.id;
  const keepRail = holdRail(document.activeElement);
  await window.htmx.ajax(verb, path, { source: '#cart-contents', target: '#cart-contents', select: '#cart-contents', swap: 'outerHTML show:none', values });
  keepRail();
  if (!held || document.activeElement !== document.body) return;
  const next = document.getElementById('put-back') ?? document.getElementById(held.replace(/^(more|less)-/, 'number-')) ?? document.querySelector('.cart-line__name, #cart-contents .button');
  next?.focus({ preventScroll: next.id !== 'put-back' });
}
// The rail leaves out what is in the cart. It stands where it stood, scrolled as it was, and the keyboard goes on at the card that moved up.
function holdRail(active) {
  const track = document.querySelector('#cart-rail .rail__track');
  const [along, top] = [track?.scrollLeft, track?.getBoundingClientRect().top];
  const place = track ? [...track.children].findIndex(card => card.contains(active)) : -1;
  return () => {
    const now = document.querySelector('#cart-rail .rail__track');
    if (!now || now === track) return;
    now.scrollTo({ left: along, behavior: 'instant' });
    if (place < 0) return;
    scrollBy({ top: now.getBoundingClientRect().top - top, behavior: 'instant' });
    (now.children[place] ?? now.lastElementChild).querySelector('.button--buy')?.focus({ preventScroll: true });
  };
}
// A rail of the same products is the same rail: more of one thing does not draw it anew.
document.addEventListener('htmx:oobBeforeSwap', ({ detail }) => {
  if (detail.target.id !== 'cart-rail') return;
  const products = root => [...root.querySelectorAll('[data-product]')].map(card => card.dataset.product).join();
  detail.shouldSwap &&= products(detail.target) !== products(detail.fragment);
});
document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.matches('form[data-cart-line]') || !window.htmx) return;
  event.preventDefault();
  const values = Object.fromEntries(new FormData(form, event.submitter));
  const pressed = event.submitter?.id;
  inTurn(() => {
    // A second press on plus counts from what the first has come to.
    const button = pressed && document.getElementById(pressed);
    if (button?.disabled) return;
    return changeCart('POST', form.action, button ? { ...values, quantity: button.value } : values);
  });
});

// A correction taken back brings its card back, and offers to undo it have served.
function takeBack(correction) {
  document.querySelectorAll(`[value="${correction}"]`).forEach(taken => taken.setAttribute('aria-pressed', 'false'));
  document.querySelectorAll(`.toast:has([value="undo ${correction}"])`).forEach(served => {
    const hadFocus = served.contains(document.activeElement);
    served.remove();
    if (hadFocus) document.querySelector(`.card-why[open] [value="${correction}"]`)?.focus();
  });
}

// "Why this?" opens on the whole answer; without script its link leads there.
document.addEventListener('toggle', async event => {
  const link = event.target.matches?.('.card-why[open]') && event.target.querySelector('[data-answer]');
  if (!link) return;
  const answer = await fetch(link.href, { headers: { 'HX-Request': 'true' } }).catch(() => null);
  if (!answer?.ok) return;
  const text = await answer.text();
  const wasInside = event.target.contains(document.activeElement) && !document.activeElement.matches('summary');
  event.target.querySelectorAll(':scope > :not(summary)').forEach(part => part.remove());
  event.target.insertAdjacentHTML('beforeend', text);
  if (wasInside) event.target.querySelector('button, a')?.focus();
}, true);

// Escape closes it, and the focus is where it was opened.
document.addEventListener('keydown', event => {
  const open = event.key === 'Escape' && event.target.closest?.('.card-why[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});

// A field that needs another look is read out with its message.
document.querySelectorAll('.input-validation-error:not([type="hidden"])').forEach(field => {
  const message = field.form?.querySelector(`[data-valmsg-for="${CSS.escape(field.name)}"]`);
  field.setAttribute('aria-invalid', 'true');
  if (!message) return;
  message.id ||= `${field.id || field.name}-problem`;
  const described = field.getAttribute('aria-describedby')?.split(' ') ?? [];
  if (!described.includes(message.id)) field.setAttribute('aria-describedby', [...described, message.id].join(' '));
});

// What could not be done is said in words; an answer that is an error page is not put into the page.
for (const failure of ['htmx:responseError', 'htmx:sendError']) document.addEventListener(failure, event => {
  const toast = document.createElement('p');
  toast.className = 'toast';
  toast.textContent = event.detail.xhr?.status === 503 ? 'The shop takes a short break. Please try again in a moment.' : 'That did not work. Please try again.';
  document.getElementById('toasts')?.append(toast);
});

// A toast leaves by itself; hovering keeps it. One that came with the page is put in once more: only what is added is read out, and leaves.
const toasts = document.getElementById('toasts');
if (toasts) new MutationObserver(changes => {
  for (const { addedNodes } of changes)
    for (const toast of addedNodes)
      if (toast.nodeType === Node.ELEMENT_NODE) {
        const leave = () => toast.matches(':hover, :focus-within') ? setTimeout(leave, 1500) : toast.remove();
        setTimeout(leave, 5000);
      }
}).observe(toasts, { childList: true });
toasts?.append(...toasts.children);

// Suggestions close with Escape, by leaving the field, and are walked with the arrow keys.
for (const search of document.querySelectorAll('.search')) {
  const list = search.querySelector('.search__suggestions');
  const input = search.querySelector('input[type="search"]');
  // An answer that comes after the list was closed does not open it again.
  let wanted = false;
  const close = () => { wanted = false; list?.replaceChildren(); };
  input.addEventListener('input', () => { wanted = true; });
  list?.addEventListener('htmx:beforeSwap', event => { event.detail.shouldSwap &&= wanted; });
  search.addEventListener('focusout', event => { if (!search.contains(event.relatedTarget)) setTimeout(close, 150); });
  search.addEventListener('keydown', event => {
    // The first Escape closes the list; without one open it empties the field, as browsers do.
    if (event.key === 'Escape' && list?.childElementCount) { event.preventDefault(); close(); input.focus(); }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [input, ...(list?.querySelectorAll('a') ?? [])];
    const next = stops[stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next) { event.preventDefault(); next.focus(); }
  });
}

// Facet forms send themselves, for what stands outside of them, too; their button is for readers without script.
document.addEventListener('change', ({ target }) => {
  if (target.form?.matches('[data-auto-submit]')) target.form.requestSubmit();
});

// Addresses stay short: choices that were not made are not sent.
document.addEventListener('htmx:configRequest', ({ detail }) => {
  if (detail.verb !== 'get') return;
  for (const [name, value] of [...detail.formData.entries()]) if (value === '' && name !== 'q') detail.formData.delete(name);
});

// On a phone the filters start folded; without script they stand open, so that nothing is out of reach. A new list keeps them as they are.
const filters = () => document.querySelector('.facets__all'), narrow = matchMedia('(max-width: 55.99rem)');
if (filters() && narrow.matches) filters().open = false;
document.addEventListener('click', event => {
  if (!narrow.matches || !event.target.matches?.('.facets__go')) return;
  event.preventDefault();
  filters().open = false;
  document.querySelector('.listing__count').focus({ preventScroll: true });
  document.getElementById('listing').scrollIntoView();
});
const height = () => document.activeElement.getBoundingClientRect().top;
let unfolded = true, held = '', was = 0;
document.addEventListener('htmx:beforeSwap', () => { [unfolded, held, was] = [filters()?.open ?? true, document.activeElement.id, height()]; });
document.addEventListener('htmx:afterSwap', event => {
  if (filters()) filters().open = unfolded;
  // What was pressed stays under the finger, however much shorter the page has become above it.
  if (held && document.activeElement.id === held) scrollBy({ top: height() - was, behavior: 'instant' });
  // A chip or a page that was pressed is gone: the keyboard goes on at the head of the new list.
  if (event.target.id === 'listing' && document.activeElement === document.body) event.target.querySelector('.listing__count')?.focus({ preventScroll: true });
});

// Departments and the account's pages are one row on a phone: the one that is open comes into view.
for (const row of document.querySelectorAll('.departments ul, .account__nav ul')) {
  const here = row.querySelector('[aria-current]')?.getBoundingClientRect();
  if (here) row.scrollTo({ left: row.scrollLeft + here.left - row.getBoundingClientRect().left - 48, behavior: 'instant' });
}

// A page that answered a form is asked for anew by back and reload, instead of asking whether to send the form again.
history.replaceState(history.state, '', location.href);
// What has to be mended has the keyboard.
const wrong = [...document.querySelectorAll('main .field .error')].find(error => error.textContent)?.closest('.field').querySelector('input, select')
  ?? document.querySelector('main .input-validation-error') ?? document.querySelector('main .validation-summary-errors, main [role="alert"][tabindex]');
if (wrong) {
  if (wrong.matches(':not(input, select, textarea)')) wrong.tabIndex = -1;
  wrong.focus();
  wrong.scrollIntoView({ block: 'center' });
}

// htmx notes the page's address for a history cache that is switched off here; nothing is left on a device without need, not for a moment.
const keep = Storage.prototype.setItem;
Storage.prototype.setItem = function (name, value) { if (!name.startsWith('htmx')) keep.call(this, name, value); };
