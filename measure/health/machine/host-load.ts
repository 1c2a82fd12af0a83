import { PROC, procFile } from '../../run/proc-file.ts';

/** The whole machine since the last look. A figure that this kernel does not tell is absent. */
export interface HostFigures {
  /** Share of all cores that was in use, 0–1; what a hypervisor gave to other machines is counted as used. */
  hostCpu?: number;
  /** Processes that run or wait for a core or a disk, averaged over about a minute. */
  load1?: number;
  /** Share of the time in which some process waited for a core, for memory, or for a disk, 0–1. */
  cpuPressure?: number;
  memoryPressure?: number;
  ioPressure?: number;
  /** TCP sockets of this network namespace (machine or container), those in TIME_WAIT too: what uses up ports. */
  sockets?: number;
}

type Resource = 'cpu' | 'memory' | 'io';

/**
 * Reads how busy the whole machine is, from small files of proc(5).
 * Pressure: https://docs.kernel.org/accounting/psi.html (`some`, from its total in µs: the averages lag by 10 s).
 */
export class HostLoad {
  readonly #proc: string;
  #cpu: CpuTime | undefined;
  #stalled: Partial<Record<Resource, number>> = {};
  #last = 0;

  constructor(proc = PROC) {
    this.#proc = proc;
    this.take(); // what was before is not this run's
  }

  take(): HostFigures {
    const now = performance.now();
    const elapsed = now - this.#last;
    this.#last = now;
    return {
      hostCpu: this.#busy(),
      load1: numberIn(/^([\d.]+)/, procFile(this.#proc, 'loadavg')),
      cpuPressure: this.#pressure('cpu', elapsed),
      memoryPressure: this.#pressure('memory', elapsed),
      ioPressure: this.#pressure('io', elapsed),
      sockets: this.#sockets(),
    };
  }

  #busy(): number | undefined {
    const before = this.#cpu;
    this.#cpu = cpuTime(procFile(this.#proc, 'stat'));
    if (!before || !this.#cpu) return undefined;
    const total = this.#cpu.total - before.total;
    return total > 0 ? share((this.#cpu.busy - before.busy) / total) : undefined;
  }

  #pressure(resource: Resource, elapsed: number): number | undefined {
    const total = numberIn(/^some .*total=(\d+)/m, procFile(this.#proc, `pressure/${resource}`));
    const before = this.#stalled[resource];
    this.#stalled[resource] = total;
    return total === undefined || before === undefined ? undefined : share((total - before) / 1000 / elapsed);
  }

  #sockets(): number | undefined {
    const four = procFile(this.#proc, 'net/sockstat');
    const inUse = numberIn(/^TCP: inuse (\d+)/m, four);
    if (inUse === undefined) return undefined;
    // TIME_WAIT of both families is reported in the one line.
    const closing = numberIn(/^TCP: .*\btw (\d+)/m, four) ?? 0;
    return inUse + closing + (numberIn(/^TCP6: inuse (\d+)/m, procFile(this.#proc, 'net/sockstat6')) ?? 0);
  }
}

interface CpuTime {
  busy: number;
  total: number;
}

/** First line of /proc/stat: user nice system idle iowait irq softirq steal; guests are counted within user. */
function cpuTime(text: string | undefined): CpuTime | undefined {
  const ticks = /^cpu +(.*)/
    .exec(text ?? '')?.[1]
    ?.split(' ')
    .slice(0, 8)
    .map(Number);
  if (!ticks) return undefined;
  const total = ticks.reduce((sum, one) => sum + one, 0);
  const [, , , idle = 0, waiting = 0] = ticks;
  return { busy: total - idle - waiting, total };
}

function numberIn(pattern: RegExp, text: string | undefined): number | undefined {
  const found = pattern.exec(text ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}

function share(value: number): number {
  return Math.round(Math.min(Math.max(value, 0), 1) * 1000) / 1000;
}
