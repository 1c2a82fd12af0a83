import { isOfGenerator } from '../../measure/run/error-kind.ts';
import type { Sample } from '../../measure/run/samples.ts';
import type { DefectBook } from '../known-defects.ts';
import type { About } from './collector.ts';
import { isRequestError } from './request-counts.ts';
import { asUnanswered } from './unanswered.ts';

/**
 * A sample as it was recorded, as it counts: in the summary, and in figures of a run that goes on. What had no answer for too
 * long when its user left is a failed request.
 * @param isDrained absent: nothing was begun after the last phase yet
 * @returns `isCounted`: false where it failed because the generator had nothing left
 */
export function asCounted(
  recorded: Sample,
  defects: Pick<DefectBook, 'match'>,
  isDrained: (sample: Sample) => boolean = () => false,
): { sample: Sample; about: About; isCounted: boolean } {
  const sample = asUnanswered(recorded);
  const about = aboutSample(sample, defects, isDrained(sample));
  return { sample, about, isCounted: !about.ofGenerator || sample.kind === 'session' };
}

/**
 * Looks at a sample once, before it is collected. A failure is counted under its known defect by that.
 * @param drained it was begun after the last phase
 */
function aboutSample(sample: Sample, defects: Pick<DefectBook, 'match'>, drained: boolean): About {
  if (isOfGenerator(sample)) return { excused: false, isError: false, drained, ofGenerator: true };
  switch (sample.kind) {
    case 'step': {
      const failed = !sample.ok && !sample.interrupted;
      const { excused, defect } = matched(failed ? defects.match(sample) : undefined);
      return { excused, defect, isError: failed && !excused, drained };
    }
    case 'request': {
      const { excused, defect } = matched(sample.ok ? undefined : defects.match(sample));
      return { excused, defect, isError: isRequestError(sample, excused), drained };
    }
    case 'error': {
      const { excused, defect } = matched(defects.match(sample));
      return { excused, defect, isError: !excused, drained };
    }
    case 'session':
      return { excused: false, isError: !sample.ok && !sample.interrupted, drained };
    case 'check':
      return { excused: false, isError: !sample.ok, drained };
    default:
      return { excused: false, isError: false, drained };
  }
}

function matched(match: ReturnType<DefectBook['match']>): Pick<About, 'excused' | 'defect'> {
  return { excused: match?.excused ?? false, defect: match?.name };
}
