import { visible } from '../visible-text.ts';

/** From now on the console prints names and messages of others as they may be shown. */
export function plainConsole(): void {
  for (const name of ['log', 'warn', 'error'] as const) {
    const print = console[name].bind(console);
    console[name] = (...parts: unknown[]) =>
      print(...parts.map((part) => (typeof part === 'string' ? visible(part) : part)));
  }
}
