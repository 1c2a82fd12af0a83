/**
 * A fixed piece of work in plain JavaScript, timed: runs on unlike machines, or on one that had become slower, can be
 * distinguished by it. To be raised with every change of the work, however small: times of two versions say nothing.
 */
export const CPU_BENCHMARK_VERSION = 1;

const RECORDS = 10_000;
/** A fresh process is a quarter slower until the engine has compiled the work: about this many passes. */
const WARM_UP_PASSES = 5;
const PASSES = 9;

interface Row {
  id: number;
  name: string;
  weight: number;
}

/**
 * Median CPU time of some passes of the work, ms. Holds this thread up for about a third of a second.
 * CPU time of this thread alone: what waiting for a core cost is known by the pressure in generator samples, and at the
 * start of a run the runner's other threads are still at work.
 */
export function cpuBenchmarkMs(): number {
  for (let pass = 0; pass < WARM_UP_PASSES; pass += 1) cpuWork();
  const times = Array.from({ length: PASSES }, () => {
    const begun = cpuUsage();
    cpuWork();
    const { user, system } = cpuUsage(begun);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  return Math.round((times[Math.floor(PASSES / 2)] as number) * 10) / 10;
}

/** Node 22 has no such figure for one thread: there it is the whole process's. */
const cpuUsage = process.threadCpuUsage ?? process.cpuUsage;

/** Numbers, sorting, strings and JSON, as a generator of load does them. Its result is the same on every machine. */
export function cpuWork(): number {
  const random = mulberry32(CPU_BENCHMARK_VERSION);
  const rows: Row[] = Array.from({ length: RECORDS }, (_, id) => {
    const weight = Math.floor(random() * 1e6);
    return { id, name: `person ${weight.toString(36)}`, weight };
  });
  rows.sort((a, b) => a.weight - b.weight || a.id - b.id);
  const text = JSON.stringify(rows);
  const byName = new Map((JSON.parse(text) as Row[]).map((row) => [row.name, row]));
  const names = [...byName.keys()].sort();
  let hash = fnv1a(text);
  for (const name of names) hash = fnv1a(`${hash}${name}${byName.get(name)?.id}`);
  return hash;
}

/** http://www.isthe.com/chongo/tech/comp/fnv/ (32 bit, FNV-1a), over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Numbers from 0 to 1 from a seed: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
