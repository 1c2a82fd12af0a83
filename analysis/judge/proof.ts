/** What the limits of a profile came to, together: a run that nothing could have failed, or that decided nothing, is not green. */
import { parseFindingKey } from '../../config/run-figure.ts';
import type { JudgedGate } from '../summary/gate-result.ts';
import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';

/** `none`: no limit said anything of it. `undecided`: no limit had enough samples, and so nothing was proved. */
export type Proof = 'none' | 'undecided' | 'decided';

export interface ProofOfProfile {
  profile: string;
  proof: Proof;
  gates: readonly JudgedGate[];
  /** Limits that judged nothing, for the run did not meet what they name. */
  notMet: readonly string[];
}

/** A level of users that was judged is proof as well. */
export function proofOf(gates: readonly JudgedGate[], { levels }: Pick<Observations, 'levels'>): Proof {
  const ofLevels = levels.flatMap(({ limits }) => limits);
  if (gates.length === 0 && ofLevels.length === 0) return 'none';
  const isDecided =
    gates.some((gate) => gate.outcome === 'failed' || (gate.outcome === 'passed' && isOfUsers(gate))) ||
    ofLevels.some(({ verdict }) => verdict !== 'inconclusive');
  return isDecided ? 'decided' : 'undecided';
}

/** That the target answered its health probes, and no page crashed, says nothing of what users met. */
function isOfUsers({ metric }: JudgedGate): boolean {
  return metric !== 'pages.lost' && parseFindingKey(metric)?.kind !== 'unresponsive';
}

export function notJudged(profiles: readonly ProofOfProfile[]): Reason<'no-gates'>[] {
  return profiles
    .filter(({ proof }) => proof === 'none')
    .map(({ profile }) => ({ verdict: 'fail', code: 'no-gates', profile }));
}

export function nothingProved(profiles: readonly ProofOfProfile[]): Reason<'nothing-proved'>[] {
  return profiles
    .filter(({ proof }) => proof === 'undecided')
    .map(({ profile, gates }) => ({ verdict: 'warn', code: 'nothing-proved', profile, gates: gates.length }));
}
