import type { Environment } from '../../config/environment.ts';
import { endpointUrl, type MetricsEndpoint } from '../../config/metrics-endpoints.ts';
import { lookAt } from '../../measure/target/metrics/watch.ts';
import type { Target } from '../../measure/target/target.ts';
import type { Check } from './check.ts';

/** Asks each Prometheus endpoint of the target once. One that does not answer spoils no run: it is reported. */
export async function metricsChecks(
  environment: Environment,
  { apiUrl }: Pick<Target, 'apiUrl'>,
): Promise<Check[]> {
  const unset = environment.unsetMetrics.map(({ name, variable }): Check => {
    return { what: `metrics of ${name}`, state: 'ok', seen: `not read: ${variable} is not set` };
  });
  const asked = environment.metrics.map((endpoint) => check(endpoint, apiUrl, environment.insecureTls));
  return [...unset, ...(await Promise.all(asked))];
}

async function check(endpoint: MetricsEndpoint, apiUrl: string, insecureTls: boolean): Promise<Check> {
  const { name, kind, only, bearerMissing } = endpoint;
  const what = `metrics of ${name}`;
  // A query may be long.
  const [url] = endpointUrl(endpoint, apiUrl).split('?');
  try {
    const { present } = await lookAt(endpoint, apiUrl, insecureTls);
    if (present.length > 0) return { what, state: 'ok', seen: `${url} gives ${present.join(', ')}` };
    const labels = Object.entries(only).map(([label, value]) => `${label}="${value}"`);
    return {
      what,
      state: 'warn',
      seen: `${url} answers, and has none of the figures of kind ${kind}${labels.length > 0 ? ` with ${labels.join(', ')}` : ''}`,
      mend: 'fix its kind or only in config/environments.yml, or what is taken in config/target-metrics.yml',
    };
  } catch (error) {
    return {
      what,
      state: 'warn',
      seen: `${url} cannot be read (${(error as Error).message})`,
      mend: bearerMissing
        ? `set ${bearerMissing}, the token that config/environments.yml names for it`
        : 'start or open it there, or fix metrics in config/environments.yml; the run goes on without its figures',
    };
  }
}
