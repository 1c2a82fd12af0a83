import type { EndedRequests } from '../../api/worker/messages.ts';

interface Metrics {
  emit(kind: 'counter' | 'histogram', name: string, value: number): unknown;
}

/** Tells Artillery of requests, so that its own report has them: counts at once, times one by one as it wants them. */
export function reportRequests(metrics: Metrics, { count, codes, times }: EndedRequests): void {
  metrics.emit('counter', 'api.requests', count);
  for (const [status, requests] of Object.entries(codes))
    metrics.emit('counter', `api.codes.${status}`, requests);
  for (const [operation, list] of Object.entries(times)) {
    const name = `api.response_time.${operation}`;
    for (const ms of list) metrics.emit('histogram', name, ms);
  }
}
