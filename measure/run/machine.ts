/** What a run says of the machine under it, and of a target's processes there. */

/** Figures of the whole machine, no matter who used it; what each means: measure/health/machine/host-load.ts. */
export type HostFigure = 'hostCpu' | 'load1' | 'cpuPressure' | 'memoryPressure' | 'ioPressure' | 'sockets';

export const HOST_FIGURES: readonly HostFigure[] = [
  'hostCpu',
  'load1',
  'cpuPressure',
  'memoryPressure',
  'ioPressure',
  'sockets',
];

/** What one second of a run's timeline holds beside users and requests; absent where it was not measured. */
export interface HostSecond extends Partial<Record<HostFigure, number>> {
  /** Of the generator's loop, ms; and memory of its process tree, MiB. */
  loopDelay?: number;
  memoryMiB?: number;
  /** Of a target's processes, where the run started them. CPU as a share of all cores, 0–1. */
  targetCpu?: number;
  targetMemoryMiB?: number;
  /** Sessions that were to start by then and that did, since the run began. */
  planned?: number;
  started?: number;
  /** Looping users that should be there, and those that could not begin. */
  held?: number;
  heldMissing?: number;
  /** How late the latest of those was that started in this second, ms. */
  late?: number;
}
