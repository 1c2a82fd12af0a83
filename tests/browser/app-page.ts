/**
 * A small application with client-side navigation. Its routes do what spoils Web Vitals, at times it notes itself in
 * `window.injected` (ms on the page's clock): a late hero element, a layout shift long after any input, a click that
 * blocks the main thread. One link asks the API first and leads on with the answer, one
 * leads on at once and to another route with the answer. `/app/moved` sends the user on by script.
 */
export const LATE_MS = 600;
export const BLOCK_MS = 200;
/** After so long an answer the link that asks for it leads on. */
export const SLOW_MS = 5500;
/** Long enough after any input: shifts within 500 ms of one do not count (https://web.dev/articles/cls). */
const SHIFT_AFTER_MS = 800;

export const APP = `<!doctype html>
<title>App</title>
<link rel="icon" href="data:,">
<style>
  body { margin: 0; font: 16px sans-serif }
  nav { position: fixed; bottom: 0 }
  main { height: 450px; background: #ddd }
  h1, p { margin: 0 }
  .hero { font-size: 48px }
</style>
<div id="spacer" style="height: 0"></div>
<main></main>
<nav>
  <a href="/app/home">Home</a> <a href="/app/list">List</a> <a href="/app/list?sort=name">Sorted list</a>
  <a href="/app/item/42">Item</a> <a href="/app/late">Late</a> <a href="/app/shifting">Shifting</a>
  <a href="/app/home" data-hard>Whole page</a> <a href="/app/waited" data-asks="/api/v1/slow?wait=${SLOW_MS}">Waited</a>
  <a href="/app/checking" data-then="/app/list">Checked</a>
  <input aria-label="Search">
</nav>
<script src="/app/assets/buttons.js?build=7"></script>
<script>
  const main = document.querySelector('main');
  const injected = window.injected = { events: [] };
  const words = 'Words enough that this is the largest thing which the page paints. '.repeat(6);
  new PerformanceObserver((list) => {
    for (const { name, duration, interactionId } of list.getEntries())
      if (interactionId) injected.events.push({ name, duration, interactionId });
  }).observe({ type: 'event', durationThreshold: 16 });
  new PerformanceObserver((list) => {
    for (const { identifier, renderTime } of list.getEntries())
      if (identifier === 'hero') injected.heroPainted = renderTime;
  }).observe({ type: 'element', buffered: true });

  function render() {
    const [, , route] = location.pathname.split('/');
    main.innerHTML = '<h1>' + route + '</h1>';
    spacer.style.height = '0';
    if (route === 'late') {
      setTimeout(() => {
        injected.hero = performance.now();
        main.insertAdjacentHTML('beforeend', '<p class="hero" elementtiming="hero">' + words + '</p>');
      }, ${LATE_MS});
    } else if (route !== 'checking') {
      main.insertAdjacentHTML('beforeend', '<p>' + words + '</p><button>Block</button> ');
      main.insertAdjacentHTML('beforeend', '<button class="brief">Vanish</button>');
    }
    if (route === 'shifting') {
      setTimeout(() => {
        spacer.style.height = '90px';
        requestAnimationFrame(() => requestAnimationFrame(() => { injected.shifted = performance.now(); }));
      }, ${SHIFT_AFTER_MS});
    }
    if (route === 'moved') setTimeout(() => go('/app/home'), 100);
  }
  function go(path) { history.pushState(null, '', path); render(); }
  // What was found comes late, is the largest thing, and pushes the rest down at once.
  document.querySelector('input').addEventListener('input', () => {
    spacer.style.height = '90px';
    setTimeout(() => {
      main.insertAdjacentHTML('beforeend', '<p class="hero">' + words + '</p>');
      injected.found = performance.now();
    }, ${LATE_MS});
  });
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (link && !('hard' in link.dataset)) {
      event.preventDefault();
      injected.left = event.timeStamp;
      const path = link.getAttribute('href');
      if ('asks' in link.dataset) fetch(link.dataset.asks).then(() => go(path));
      else go(path);
      if ('then' in link.dataset) fetch('/api/v1/checked?wait=200').then(() => go(link.dataset.then));
    }
  });
  render();
</script>`;

/** Served as `/app/assets/buttons.js`: each button holds the main thread up when clicked, and one is gone then. */
export const BUTTONS = `document.addEventListener('click', function holdUp({ target }) {
  if (!target.closest('button')) return;
  const until = performance.now() + ${BLOCK_MS};
  while (performance.now() < until);
  if (target.matches('.brief')) target.remove();
});`;

/** Share of the viewport that the shift moves (spacer and main) times the share it moves by, at 1440 × 900. */
export const SHIFT = ((450 + 90) / 900) * (90 / 1440);

declare global {
  interface Window {
    injected: {
      hero?: number;
      /** As the browser itself timed it: https://wicg.github.io/element-timing/ */
      heroPainted?: number;
      shifted?: number;
      left?: number;
      found?: number;
      events: Array<{ name: string; duration: number; interactionId: number }>;
    };
  }
}
