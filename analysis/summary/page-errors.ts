/** Page views with a script error that nothing caught, with errors in the console, and without a file of theirs. */
import type { ErrorSample } from '../../measure/run/samples.ts';
import type { Collector } from './collector.ts';
import { failedShare } from './share.ts';

export function collectPageErrors(): Collector {
  const views = new Set<string>();
  const exceptions = { n: 0, views: new Set<string>() };
  const consoleErrors = { n: 0, views: new Set<string>() };
  const files = { n: 0, views: new Set<string>() };
  const tallyOf = ({ errorKind }: ErrorSample) => {
    if (errorKind === 'file-not-loaded') return files;
    if (errorKind === 'page-error') return exceptions;
    return errorKind === 'console-error' ? consoleErrors : undefined;
  };
  return {
    samples: {
      error(sample, { isError }) {
        const tally = tallyOf(sample);
        if (!tally || !isError || sample.warmup) return;
        tally.n += 1;
        tally.views.add(placeOf(sample));
      },
    },
    events: {
      'page-view': ({ session = '', warmup, data }) => {
        if (!warmup && data.painted !== false) views.add(`${session} ${data.id}`);
      },
    },
    into(summary) {
      // A view that was cut off wrote no event of its own, and may have thrown.
      const n = Math.max(views.size, ...[exceptions, consoleErrors, files].map((one) => one.views.size));
      if (n === 0) return;
      summary.shares['page.errors'] = failedShare({ n, failed: exceptions.views.size });
      summary.shares['page.filesFailed'] = failedShare({ n, failed: files.views.size });
      summary.pageErrors = {
        views: n,
        exceptions: { views: exceptions.views.size, n: exceptions.n },
        console: { views: consoleErrors.views.size, n: consoleErrors.n },
        ...(files.n > 0 && { files: { views: files.views.size, n: files.n } }),
      };
    },
  };
}

/** Its view; in a run of an older suite, whose errors do not name it: the session's page. */
function placeOf({ session = '', view, page = '' }: ErrorSample): string {
  return `${session} ${view ?? page}`;
}
