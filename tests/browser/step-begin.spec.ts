/** A step begins with the first thing that its user does in it, and with nothing else. */
import { expect, type Measured, test } from './measured-page.ts';

interface Begins {
  /** When it was done, by the page's clock; in a frame, when it was heard of. */
  done?: number;
  came?: number;
}

declare global {
  interface Window {
    begins: Begins;
  }
}

/** The page shows a button 300 ms after it was acted upon, in one of several ways, and a word when that is clicked. */
async function open({ page }: Measured): Promise<void> {
  await page.goto('/ways?way=');
  await page.evaluate(() => {
    window.begins = {};
    document.body.insertAdjacentHTML(
      'beforeend',
      `<p id="menu">Menu</p><iframe srcdoc="<button disabled>Inside</button>"></iframe><input id="of"><input id="before">
       <button id="next" hidden>Next</button><p id="end"></p>`,
    );
    const byId = (id: string) => document.getElementById(id) as HTMLElement;
    const act = (event: Event) => {
      window.begins.done ??= event.target instanceof Node ? event.timeStamp : performance.now();
      setTimeout(() => {
        byId('next').hidden = false;
      }, 300);
    };
    byId('menu').onmouseenter = act;
    byId('menu').onclick = act;
    byId('of').oninput = act;
    window.onwheel = act;
    const frame = document.querySelector('iframe') as HTMLIFrameElement;
    frame.onload = () => {
      const inside = frame.contentDocument?.querySelector('button') as HTMLButtonElement;
      inside.onclick = act;
      setTimeout(() => {
        inside.disabled = false;
      }, 900);
    };
    byId('next').onclick = () => {
      byId('end').innerHTML = '<b>All is done</b>';
      window.begins.came = performance.now();
    };
  });
  await page.waitForTimeout(100);
}

async function finish({ page, screen }: Measured): Promise<void> {
  await page.getByRole('button', { name: 'Next' }).click();
  await screen.see(page.getByText('All is done'));
}

/** The last step's sample, and what the page says of its time. */
async function last({ page, of }: Measured) {
  const { done = 0, came = 0 } = await page.evaluate(() => window.begins);
  return { sample: of('step').at(-1), truth: came - done };
}

const UNSEEN: Record<string, (measured: Measured) => Promise<unknown>> = {
  'a pointer that hovers': ({ page }) => page.getByText('Menu').hover(),
  'a wheel': ({ page }) => page.mouse.wheel(0, 1),
  'a dispatched event': ({ page }) => page.getByText('Menu').dispatchEvent('click'),
  'a click in a frame, which waits for its button': ({ page }) =>
    page.frameLocator('iframe').getByRole('button').click(),
};

test('what is done first and reaches no listener of the page begins the step, which is coarse', async ({
  measured,
}) => {
  for (const [what, act] of Object.entries(UNSEEN)) {
    await open(measured);
    await measured.steps.step(what, async () => {
      await act(measured);
      await finish(measured);
    });
    const { sample, truth } = await last(measured);
    expect(truth, what).toBeGreaterThan(290);
    expect(sample?.clock, what).toBe('driver');
    expect((sample?.value ?? 0) - truth, what).toBeGreaterThan(-2);
    expect((sample?.value ?? 0) - truth, what).toBeLessThan((sample?.offByAtMost ?? 0) + 20);
  }
});

test('a step that enters something right after the step before did begins with its own', async ({
  measured,
}) => {
  const { page, steps } = measured;
  await open(measured);
  await steps.step('one', () => page.locator('#before').fill('1'));
  await steps.step('two', async () => {
    await page.locator('#of').fill('2');
    await finish(measured);
  });
  const { sample, truth } = await last(measured);
  expect(truth).toBeGreaterThan(290);
  expect(sample?.clock).toBe('page');
  expect(Math.abs((sample?.value ?? 0) - truth)).toBeLessThan(20);
});

test('what the page itself dispatches, or a script of it leads to, is no input', async ({ measured }) => {
  const { page, steps } = measured;
  await open(measured);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<input type="checkbox" id="own">');
    const own = document.getElementById('own') as HTMLInputElement;
    setTimeout(() => own.dispatchEvent(new Event('change', { bubbles: true })), 200);
    setTimeout(() => own.click(), 300);
    const menu = document.getElementById('menu') as HTMLElement;
    menu.onmouseenter = null;
    menu.style.display = 'none';
    setTimeout(() => {
      menu.style.display = '';
    }, 500);
  });
  await steps.step('waits for its first input', async () => {
    await page.getByText('Menu').click();
    await finish(measured);
  });
  const { sample, truth } = await last(measured);
  expect(sample?.clock).toBe('page');
  expect(Math.abs((sample?.value ?? 0) - truth)).toBeLessThan(20);
});
