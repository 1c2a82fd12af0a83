import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from '../benchmark.ts';

/** A benchmark is a file of this folder; what several share is in `parts/`. */
async function load(): Promise<Benchmark[]> {
  const folder = new URL('./', import.meta.url);
  const files = readdirSync(fileURLToPath(folder)).filter(
    (file) => file.endsWith('.ts') && file !== 'registry.ts',
  );
  const found: Benchmark[] = [];
  for (const file of files.sort()) {
    const { default: benchmark } = (await import(new URL(file, folder).href)) as { default?: Benchmark };
    if (typeof benchmark?.prepare !== 'function')
      throw new Error(`api/benchmarks/${file}: export default defineBenchmark({ … })`);
    found.push(benchmark);
  }
  // What only reads comes first: it finds the data as they were.
  return found.sort((a, b) => Math.min(a.changes.length, 1) - Math.min(b.changes.length, 1));
}

/** Every benchmark there is: those that only read first, then by file name. */
export const benchmarks: readonly Benchmark[] = await load();
