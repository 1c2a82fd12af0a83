import { procFile } from '../../run/proc-file.ts';

/** Of every architecture whose kernel has pages of 4 KiB; elsewhere only the movement between two readings is off. */
const KIB_PER_PAGE = 4;
/** Time a call that goes into reading again, ms. The kernel walks all of a process's pages: about 4 ms for 100 MiB. */
const BUDGET_MS = 1;
/** What is not used of it, or was used too much, counts for this many calls; no process is read again sooner. */
const KEPT_FOR = 3;
/** New processes are read outside of the budget, until so much of one call is gone, ms. */
const NEW_MS = 8;

interface Reading {
  pssKib: number;
  privatePages: number;
  at: number;
}

/**
 * Memory of processes as proportional set size. To read it of a whole browser holds the event loop up for tens of ms,
 * so readings are spread: new processes come first, the others in turn within the budget, and between two readings a
 * process's size moves by what its private pages (which are cheap to know) have moved. In 36 s of a smoke run that was
 * within 4 % of the truth even without a second reading; by resident pages it would have been 35 % too much.
 */
export class ProcessMemory {
  readonly #proc: string;
  #readings = new Map<number, Reading>();
  #balance = 0;
  #calls = 0;

  constructor(proc: string) {
    this.#proc = proc;
  }

  /** MiB of these processes together; to be called every few seconds. */
  of(pids: Iterable<number>): number {
    this.#calls += 1;
    const pages = new Map([...pids].map((pid) => [pid, this.#privatePages(pid)]));
    const unread: number[] = [];
    const readings = new Map<number, Reading>();
    for (const pid of pages.keys()) {
      const reading = this.#readings.get(pid);
      if (reading) readings.set(pid, reading);
      else unread.push(pid);
    }
    this.#readings = readings;
    let spent = 0;
    for (const pid of unread) {
      if (spent > NEW_MS) break;
      spent += this.#read(pid, pages.get(pid) ?? 0);
    }
    const most = KEPT_FOR * BUDGET_MS;
    this.#balance = Math.max(-most, Math.min(this.#balance + BUDGET_MS - spent, most));
    const oldest = [...readings].filter(([, { at }]) => at <= this.#calls - KEPT_FOR);
    for (const [pid] of oldest.sort(([, a], [, b]) => a.at - b.at)) {
      if (this.#balance <= 0) break;
      this.#balance -= this.#read(pid, pages.get(pid) ?? 0);
    }
    let kib = 0;
    for (const [pid, now] of pages) {
      // Before its first reading a process counts by its private pages alone, which is too little by what it shares.
      const { pssKib, privatePages } = this.#readings.get(pid) ?? { pssKib: 0, privatePages: 0 };
      kib += Math.max(0, pssKib + (now - privatePages) * KIB_PER_PAGE);
    }
    return Math.round(kib / 1024);
  }

  /** How long it took, ms. */
  #read(pid: number, privatePages: number): number {
    const before = performance.now();
    const pss = /^Pss:\s+(\d+)/m.exec(procFile(this.#proc, `${pid}/smaps_rollup`) ?? '')?.[1];
    // Gone, or not ours to read: then it is asked for no sooner than any other.
    this.#readings.set(pid, { pssKib: Number(pss ?? 0), privatePages, at: this.#calls });
    return performance.now() - before;
  }

  /** Pages that are in memory and neither of a file nor shared: fields [1] and [2] of /proc/<pid>/statm. */
  #privatePages(pid: number): number {
    const [, resident = 0, shared = 0] = (procFile(this.#proc, `${pid}/statm`) ?? '').split(' ').map(Number);
    return resident - shared;
  }
}
