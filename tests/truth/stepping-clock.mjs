/**
 * Preloaded into a generator (`--import`), so that its wall clock steps while that of the machine does not: that one
 * belongs to others too. The address has the file that holds the step in ms: `…/stepping-clock.mjs?step=<path>`.
 */
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 50;

const file = new URL(import.meta.url).searchParams.get('step') ?? '';
const RealDate = Date;
let step = 0;

setInterval(() => {
  try {
    step = Number(readFileSync(file, 'utf8'));
  } catch {
    // not yet: the clock goes as it does
  }
}, LOOK_EVERY_MS).unref();

const now = () => RealDate.now() + step;
globalThis.Date = new Proxy(RealDate, {
  construct: (_real, words, made) => Reflect.construct(RealDate, words.length === 0 ? [now()] : words, made),
  get: (real, name) => (name === 'now' ? now : Reflect.get(real, name)),
});
