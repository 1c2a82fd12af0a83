/**
 * A page on which something comes into sight, or goes, some ms after a click, in each way that there is. It notes on its
 * own clock when the click began, when it made the change, and the longest gap between two frames: `window.truth`.
 */
export const WAYS_PAGE = `<!doctype html>
<title>Ways</title>
<link rel="icon" href="data:,">
<style id="style">
  .away { display: none } .unseen { visibility: hidden }
  .open ~ .beside { display: block } .beside { display: none }
  #box:checked ~ .checked { display: block } .checked { display: none }
  .ruled { display: none } .adopted { display: none }
  @keyframes show { to { visibility: visible } }
  .animated { visibility: hidden } .animated.on { animation: show 1ms var(--delay) forwards step-start }
  .fading { visibility: hidden; transition: visibility 0s var(--delay) } .fading.on { visibility: visible }
</style>
<button id="go">Go</button>
<div id="place"></div>
<script>
  const wanted = new URLSearchParams(location.search);
  const way = wanted.get('way');
  const delay = Number(wanted.get('delay') ?? 0);
  document.documentElement.style.setProperty('--delay', delay + 'ms');
  const truth = window.truth = { inputs: [], gap: 0 };
  let frame = 0;
  const look = (at) => { if (truth.input && frame) truth.gap = Math.max(truth.gap, at - frame); frame = at; requestAnimationFrame(look); };
  requestAnimationFrame(look);
  const now = () => performance.timeOrigin + performance.now();
  addEventListener('pointerdown', (event) => { truth.input ??= performance.timeOrigin + event.timeStamp; }, true);
  const it = '<p id="it">It is here</p>';
  /** What is there before, and what makes the change. A third: what to do with the click itself. */
  const ways = {
    'inserted': ['', () => { place.innerHTML = it; }],
    'inserted within others': ['', () => { place.innerHTML = '<div><section>' + it + '</section></div>'; }],
    'its text': ['<p>It is far</p>', () => { place.firstChild.firstChild.data = 'It is here'; }],
    'the text of a part of it': ['<p id="it">It is <b>far</b></p>', () => { place.querySelector('b').textContent = 'here'; }],
    'hidden taken off': ['<p hidden>It is here</p>', () => { place.firstChild.hidden = false; }],
    'hidden taken off around it': ['<div hidden>' + it + '</div>', () => { place.firstChild.hidden = false; }],
    'its class': ['<p class="away">It is here</p>', () => { place.firstChild.className = ''; }],
    'a class around it': ['<div class="away">' + it + '</div>', () => { place.firstChild.className = ''; }],
    'a class beside it': ['<i></i><p class="beside">It is here</p>', () => { place.firstChild.className = 'open'; }],
    'its style': ['<p style="display: none">It is here</p>', () => { place.firstChild.style.display = ''; }],
    'a style around it': ['<div style="visibility: hidden">' + it + '</div>', () => { place.firstChild.style.visibility = ''; }],
    'a part that gives it a size': ['<p id="it" aria-label="It is here"></p>', () => { place.firstChild.append('It is here'); }],
    'details opened': ['<details><summary>More</summary>' + it + '</details>', () => { place.firstChild.open = true; }],
    'a modal dialog': ['<dialog>' + it + '</dialog>', () => { place.firstChild.showModal(); }],
    'a popover': ['<div popover>' + it + '</div>', () => { place.firstChild.showPopover(); }],
    'its role': ['<p aria-label="far" role="note">x</p>', () => { place.firstChild.setAttribute('aria-label', 'It is here'); }],
    'moved from where it was hidden': ['<div class="away">' + it + '</div><div></div>', () => { place.lastChild.append(place.querySelector('#it')); }],
    'a box checked by a script': ['<input type="checkbox" id="box"><p class="checked">It is here</p>', () => { box.checked = true; }],
    'a rule put into a style sheet': ['<p class="ruled">It is here</p>', () => { style.sheet.insertRule('.ruled { display: block }', style.sheet.cssRules.length); }],
    'a style sheet adopted': ['<p class="adopted">It is here</p>', () => {
      const sheet = new CSSStyleSheet(); sheet.replaceSync('.adopted { display: block !important }'); document.adoptedStyleSheets.push(sheet); }],
    'a rule changed': ['<p class="ruled">It is here</p>', () => { ruled().style.display = 'block'; }],
    'a rule within a rule': ['<style>@media all { .inner { display: none } }</style><p class="inner">It is here</p>', () => {
      place.firstChild.sheet.cssRules[0].insertRule('.inner { display: block }', 1); }],
    'a style sheet replaced': ['<p class="sheet">It is here</p>', () => { sheet.replaceSync(''); }],
    'an animation cancelled': ['<p id="it">It is here</p>', () => { hiding.cancel(); }],
    'a value set by a script': ['<input placeholder="x"><style>:placeholder-shown ~ p { display: none }</style><p>It is here</p>', () => {
      place.firstChild.value = '1'; }],
    'drawn again and again': ['', () => { const draw = () => { place.innerHTML = it; }; draw(); setInterval(draw, 70); }],
    'an animation': ['<p class="animated">It is here</p>', () => {}, () => { place.firstChild.classList.add('on'); }],
    'a transition': ['<p class="fading">It is here</p>', () => {}, () => { place.firstChild.classList.add('on'); }],
    'display: contents': ['<div style="display: contents" id="it" role="note" aria-label="It is here"></div>', () => { place.firstChild.textContent = 'here'; }],
    'an open shadow root': ['<div></div>', () => { root.innerHTML = it; }],
    'a closed shadow root': ['<div role="note" aria-label="It is here"></div>', () => { closed.innerHTML = '<p>something</p>'; }],
    'a closed shadow root of the markup': ['', () => { parts.inside.innerHTML = '<p>something</p>'; }],
    'a frame': ['<iframe></iframe>', () => { place.firstChild.contentDocument.body.innerHTML = it; }],
    'removed': [it, () => { place.innerHTML = ''; }],
    'removed with what it is in': ['<div>' + it + '</div>', () => { place.firstChild.remove(); }],
    'hidden': [it, () => { place.firstChild.hidden = true; }],
    'hidden by a class around it': ['<div>' + it + '</div>', () => { place.firstChild.className = 'away'; }],
    'hidden by its style': [it, () => { place.firstChild.style.visibility = 'hidden'; }],
    'a dialog closed': ['<dialog open>' + it + '</dialog>', () => { place.firstChild.close(); }],
    'details closed': ['<details open><summary>More</summary>' + it + '</details>', () => { place.firstChild.open = false; }],
    'its text changed': [it, () => { place.firstChild.firstChild.data = 'It is far'; }],
    'hidden by a rule': ['<p class="gone">It is here</p>', () => { style.sheet.insertRule('.gone { display: none }', 0); }],
    'removed from a shadow root': ['<div></div>', () => { root.innerHTML = ''; }],
  };
  const [before, change, atOnce] = ways[way] ?? ['', () => {}];
  place.innerHTML = before;
  const host = place.firstChild;
  const root = way.includes('shadow root') && !way.includes('closed') ? host.attachShadow({ mode: 'open' }) : undefined;
  if (way === 'removed from a shadow root') root.innerHTML = it;
  const closed = way === 'a closed shadow root' ? host.attachShadow({ mode: 'closed' }) : undefined;
  // No script attaches it, so that nobody hears of it.
  const parts = {};
  if (way === 'a closed shadow root of the markup') {
    customElements.define('x-part', class extends HTMLElement {
      constructor() { super(); parts.inside = this.attachInternals().shadowRoot; }
    });
    place.setHTMLUnsafe('<div role="note" aria-label="It is here"><x-part><template shadowrootmode="closed"></template></x-part></div>');
  }
  const ruled = () => [...style.sheet.cssRules].find(({ selectorText }) => selectorText === '.ruled');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.sheet { display: none }');
  document.adoptedStyleSheets.push(sheet);
  const hiding = way === 'an animation cancelled' && it && host.animate([{ visibility: 'hidden' }, { visibility: 'hidden' }], 1e9);
  const came = () => { truth.came = now(); change(); };
  go.onclick = (event) => {
    atOnce?.();
    // Its answer comes in between, and says nothing of the end.
    if (wanted.has('answer')) fetch('/api/v1/absences?wait=' + wanted.get('answer'), { method: 'POST' });
    if (wanted.has('save')) setTimeout(() => { truth.came = now(); location.href = '/saved'; }, delay);
    // It begins with a frame, which may be late.
    else if (atOnce) host.getAnimations()[0].ready.then(({ startTime }) => {
      truth.came = performance.timeOrigin + startTime + delay;
    });
    else setTimeout(came, delay);
  };
</script>`;

/** The page whose frame is of another origin: it says itself when its frame changed. */
export const APART_PAGE = `<!doctype html>
<title>Apart</title>
<link rel="icon" href="data:,">
<button id="go">Go</button>
<iframe></iframe>
<script>
  const truth = window.truth = { inputs: [], gap: 0 };
  const wanted = new URLSearchParams(location.search);
  document.querySelector('iframe').src = location.href.replace('127.0.0.1', 'localhost').replace('/apart?', '/apart-inside?');
  addEventListener('pointerdown', (event) => { truth.input ??= performance.timeOrigin + event.timeStamp; }, true);
  go.onclick = () => setTimeout(() => {
    truth.came = performance.timeOrigin + performance.now();
    frames[0].postMessage('now', '*');
  }, Number(wanted.get('delay')));
</script>`;
export const APART_INSIDE = `<!doctype html><title>Inside</title><script>
  addEventListener('message', () => { document.body.innerHTML = '<p>It is here</p>'; });
</script><body></body>`;

/** The first sends its user to the second, where something comes 200 ms after its script ran. */
export const LEADS_PAGE = `<!doctype html>
<title>Leads</title>
<link rel="icon" href="data:,">
<button id="go">Go</button><p id="place"></p>
<script>
  const truth = window.truth = { inputs: [] };
  addEventListener('pointerdown', (event) => {
    sessionStorage.setItem('pressed', String(window.realOrigin + event.timeStamp));
  }, true);
  go.onclick = () => setTimeout(() => { location.href = '/leads?second'; }, 50);
  if (location.search === '?second') setTimeout(() => {
    truth.came = performance.now();
    place.textContent = 'It is here';
  }, 200);
</script>`;
