/**
 * A page on which something comes some ms after a click, in one of four ways, while another part of it changes all
 * the time, but with `calm`. It notes on its own clock when the click began and when it made the change: `window.truth`.
 */
export const CHANGES = `<!doctype html>
<title>Changes</title>
<link rel="icon" href="data:,">
<style>.away { display: none } #ticker { position: fixed; bottom: 0 }</style>
<p id="ticker"></p>
<button id="go">Go</button>
<button id="save">Save</button>
<label>From <input></label> <label>Until <input></label>
<section id="place"></section>
<section id="cover" hidden><p>Came by being shown</p></section>
<p id="text">waiting</p>
<p id="styled" class="away">Came by its class</p>
<p>Always here</p>
<script>
  const wanted = new URLSearchParams(location.search);
  const delay = Number(wanted.get('delay') ?? 0);
  const truth = window.truth = { inputs: [] };
  addEventListener('input', (event) => truth.inputs.push(performance.timeOrigin + event.timeStamp), true);
  let changes = 0;
  if (!wanted.has('calm')) setInterval(() => {
    ticker.textContent = 'change ' + (changes += 1);
    ticker.toggleAttribute('hidden', changes % 2 === 0);
  }, 20);
  addEventListener('pointerdown', (event) => { truth.input ??= performance.timeOrigin + event.timeStamp; }, true);
  const came = () => { truth.came = performance.timeOrigin + performance.now(); };
  const ways = {
    inserted: () => { came(); place.innerHTML = '<div><p>Came by being inserted</p></div>'; },
    changed: () => { came(); text.firstChild.data = 'Came by its text'; },
    shown: () => { came(); cover.hidden = false; },
    styled: () => { came(); styled.className = ''; },
  };
  go.onclick = () => setTimeout(ways[wanted.get('way')] ?? (() => {}), delay);
  save.onclick = async () => {
    const { method = 'POST', path } = JSON.parse(wanted.get('call'));
    const response = await fetch(path, { method });
    await response.text();
    came();
  };
</script>`;

declare global {
  interface Window {
    /** ms since the epoch, on the page's clock. */
    truth: { input?: number; came?: number; inputs: number[]; gap?: number };
  }
}
