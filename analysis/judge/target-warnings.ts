/** Endpoints of the target that did not tell what they were asked: never in silence, and never a reason to call a run bad. */
import type { EndpointSummary } from '../../measure/run/target-figures.ts';
import { plural } from '../format.ts';

const MAX_REASONS = 3;

export function targetWarnings(endpoints: readonly EndpointSummary[]): string[] {
  return endpoints.flatMap((endpoint) => {
    const { name, kind, url, scrapes, failed, restarts, figures } = endpoint;
    const which = `metrics of the target: ${name} (${url})`;
    if (scrapes === 0) return [`${which} was not read once`];
    if (failed === scrapes)
      return [`${which} never answered: ${plural(failed, 'scrape')} failed (${reasonsOf(endpoint)})`];
    const told: string[] = [];
    if (failed > 0)
      told.push(`${which}: ${failed} of ${plural(scrapes, 'scrape')} failed (${reasonsOf(endpoint)})`);
    if (figures.every(({ points }) => points.length === 0)) {
      told.push(
        `${which} answered, but gave none of the figures of kind ${kind} (config/target-metrics.yml lists them)`,
      );
    }
    if (restarts > 0) {
      told.push(
        `${which}: counters began anew ${plural(restarts, 'time')}: it was restarted, or several processes answer by turns`,
      );
    }
    return told;
  });
}

function reasonsOf({ reasons, failed }: EndpointSummary): string {
  const shown = reasons
    .slice(0, MAX_REASONS)
    .map(({ reason, count }) => (count === failed ? reason : `${reason} ${count}`));
  return [...shown, ...(reasons.length > MAX_REASONS ? ['…'] : [])].join(', ');
}
