// Reports what was seen and followed on this page. It is only on pages of people who agreed; without it the shop works the same.
(() => {
  const self = document.getElementById("beacon");
  const drift = Number(self.dataset.now) - Date.now();
  const waiting = new Map();
  let stopped = false;
  let tries = 0;
  let timer = 0;

  // A UUIDv7: its first 48 bits are the time, by the server's clock.
  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let time = Date.now() + drift;
    for (let i = 5; i >= 0; i--) { bytes[i] = time % 256; time = Math.floor(time / 256); }
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, b => b.toString(16).padStart(2, "0")).join("");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };

  const later = delay => { if (!timer) timer = setTimeout(send, delay); };
  const report = (event, delay = 2000) => { if (!stopped) { waiting.set(event.id, event); later(delay); } };

  // Sends at most 50 at a time and keeps them until the server says they are committed; the ids make a second sending harmless.
  async function send() {
    timer = 0;
    const batch = [...waiting.values()].slice(0, 50);
    if (!batch.length || stopped) return;
    let status = 0;
    try {
      status = (await fetch("/t", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ events: batch }), keepalive: true })).status;
    } catch { /* offline: tried again below */ }
    if (status === 204 || status === 400 || status === 413) {
      for (const event of batch) if (waiting.get(event.id) === event) waiting.delete(event.id);
      tries = 0;
      if (waiting.size) later(200);
    } else if (status === 403) {
      stopped = true;
      waiting.clear();
    } else if (++tries < 8) {
      later(Math.min(60000, 1000 * 2 ** tries));
    }
  }

  // The page is going: one last message that outlives it.
  function leave() {
    noteDwell();
    while (waiting.size && !stopped) {
      const batch = [...waiting.values()].slice(0, 50);
      if (!navigator.sendBeacon("/t", new Blob([JSON.stringify({ events: batch })], { type: "application/json" }))) return;
      for (const event of batch) waiting.delete(event.id);
    }
  }

  const number = text => text ? Number(text) : undefined;
  function describe(kind, item) {
    const spot = item.closest("[data-track]");
    const on = spot.dataset.track;
    return { id: newId(), kind, on,
      product: on === "rail" ? number(item.dataset.product) : undefined, banner: on !== "rail" ? number(item.dataset.banner) : undefined,
      placement: spot.dataset.placement, position: number(item.dataset.position), strategy: item.dataset.strategy || spot.dataset.strategy || undefined,
      model: number(spot.dataset.model), rec: spot.dataset.rec || undefined };
  }

  // Seen: at least half of it for at least a second, once a page.
  const items = '[data-track="rail"] [data-product], [data-track="banner"] [data-banner], [data-track="banner"][data-banner], [data-track="withheld"][data-banner]';
  const counting = new Map();
  const eyes = new IntersectionObserver(entries => {
    for (const { target, isIntersecting, intersectionRatio } of entries) {
      if (isIntersecting && intersectionRatio >= 0.5) {
        if (!counting.has(target)) counting.set(target, setTimeout(() => {
          counting.delete(target);
          if (document.visibilityState !== "visible") return;
          eyes.unobserve(target);
          report(describe("impression", target));
        }, 1000));
      } else {
        clearTimeout(counting.get(target));
        counting.delete(target);
      }
    }
  }, { threshold: [0.5] });
  const watch = root => root.querySelectorAll(items).forEach(item => { if (!item.dataset.watched) { item.dataset.watched = ""; eyes.observe(item); } });
  watch(document);
  document.addEventListener("htmx:afterSettle", event => watch(event.target));

  const onClick = event => {
    const item = event.target.closest("a")?.closest(items);
    if (item && (event.button === 0 || event.button === 1)) report(describe("click", item), 0);
  };
  document.addEventListener("click", onClick, { capture: true });
  document.addEventListener("auxclick", onClick, { capture: true });

  // Time spent with a product: while its page is in view. Reported under the id of the view itself, each time with the whole time so far.
  let since = document.visibilityState === "visible" ? performance.now() : 0;
  let dwell = 0;
  function noteDwell() {
    if (since) dwell += performance.now() - since;
    since = 0;
    if (self.dataset.view && dwell >= 500)
      report({ id: self.dataset.view, kind: "dwell", product: Number(self.dataset.product), dwellMs: Math.min(Math.round(dwell), 1800000) });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") since = performance.now();
    else leave();
  });
  addEventListener("pagehide", leave);
  addEventListener("online", () => { tries = 0; later(0); });
})();
