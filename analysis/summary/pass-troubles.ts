/** What failed while a user went through a journey, known defects included: it failed the pass, or the user could go on. */
import type { About } from './collector.ts';

export interface Trouble {
  /** `defect`: a known one that the journey reports and no call or step shows. */
  kind: 'request' | 'step' | 'check' | 'error' | 'defect';
  name: string;
  /** The known defect that it is, excused or not. */
  defect?: string;
  /** Nothing excuses it. */
  isError: boolean;
}

interface OfPass {
  session?: string;
  journey?: string;
}

interface Failed extends OfPass {
  kind: 'request' | 'step' | 'check' | 'error';
  name: string;
  warmup?: boolean;
}

export interface PassTroubles {
  failed(sample: Failed, about: Pick<About, 'isError' | 'excused' | 'defect'>): void;
  defect(event: OfPass & { warmup?: boolean; data: { defect: string } }): void;
  /** Of a pass that ends: all that failed in it, each thing once. */
  end(pass: OfPass): Trouble[];
}

export function newPassTroubles(): PassTroubles {
  const underway = new Map<string, Map<string, Trouble>>();
  const add = ({ session, journey }: OfPass, trouble: Trouble): void => {
    if (journey === undefined) return;
    const key = passKey(session, journey);
    const troubles = underway.get(key) ?? new Map<string, Trouble>();
    underway.set(key, troubles);
    const known = troubles.get(`${trouble.kind}\n${trouble.name}`);
    // Of a thing that failed twice, once by a known defect, the other failure is the news.
    if (!known || (trouble.isError && !known.isError))
      troubles.set(`${trouble.kind}\n${trouble.name}`, trouble);
  };
  return {
    // Called for each sample of a run, nearly all of which did not fail.
    failed(sample, { isError, excused, defect }) {
      if (sample.warmup || !(isError || excused)) return;
      const { kind, name } = sample;
      add(sample, { kind, name, isError, ...(defect !== undefined && { defect }) });
    },
    defect(event) {
      const { defect } = event.data;
      if (!event.warmup) add(event, { kind: 'defect', name: defect, defect, isError: false });
    },
    end({ session, journey = '' }) {
      const key = passKey(session, journey);
      const troubles = [...(underway.get(key)?.values() ?? [])];
      underway.delete(key);
      return troubles;
    },
  };
}

/** Without what only repeats another trouble of the pass: a step whose call failed, a defect that a call shows. */
export function causesOf(troubles: readonly Trouble[]): Trouble[] {
  const hasCause = troubles.some(({ kind, isError }) => isError && (kind === 'request' || kind === 'check'));
  const shown = new Set(troubles.flatMap(({ kind, defect }) => (kind === 'defect' ? [] : (defect ?? []))));
  return troubles.filter(({ kind, name }) => {
    if (kind === 'defect') return !shown.has(name);
    return !(hasCause && (kind === 'step' || kind === 'error'));
  });
}

function passKey(session: string | undefined, journey: string): string {
  return `${session ?? ''}\n${journey}`;
}
