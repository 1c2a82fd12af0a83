/** What a full machine means for the times of a run, in words for the top of every report. */
import { percent, plural } from '../format.ts';
import type { Summary } from '../summary/summary.ts';

type Reasons = Pick<Summary, 'verdict' | 'reasonDetails'>;
type MachineReason = Extract<Summary['reasonDetails'][number], { code: 'machine-busy' | 'machine-full' }>;

/** With more of its seconds full, the machine shapes the median of times too. */
const MOST = 0.5;

export function machineReason({ reasonDetails }: Reasons): MachineReason | undefined {
  return reasonDetails.find(
    (reason): reason is MachineReason => reason.code === 'machine-busy' || reason.code === 'machine-full',
  );
}

export function isMostlyFull({ seconds, of }: MachineReason): boolean {
  return seconds > MOST * of;
}

/** '' where the machine had a free core, and of an invalid run, which says more. */
export function fullMachineText(summary: Reasons): string {
  const reason = machineReason(summary);
  if (!reason || summary.verdict === 'invalid') return '';
  const means = isMostlyFull(reason)
    ? 'All times of this run may be longer than the application takes on a machine with a free core.'
    : 'The slowest times of this run may be longer than the application takes on a machine with a free core.';
  return `The machine of the load generator was full ${whenFull(reason)}. ${means}`;
}

/** `in 63 of 63 seconds: over 95 % of all cores were in use, more than half of that by other programs`. */
function whenFull(reason: MachineReason): string {
  const { seconds, of, limit } = reason;
  const used = `in ${seconds} of ${plural(of, 'second')}`;
  const cores = `over ${percent(limit)} of all cores were in use`;
  if (reason.code === 'machine-full') return `${used} with users in browsers: ${cores}`;
  const target = reason.mayBeTarget ? ', of which the target may be one' : '';
  return `${used}: ${cores}, more than half of that by other programs${target}`;
}
