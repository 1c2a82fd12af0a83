/**
 * OpenTelemetry: OTLP over HTTP in JSON, made and read by its official serializer. The exporter around it
 * (`@opentelemetry/exporter-metrics-otlp-http`) only logs figures that a server rejects with a good answer.
 */
import { type IExportMetricsServiceResponse, JsonMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type GaugeMetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { OtlpServer } from '../config/metric-servers.ts';
import { post } from './post.ts';
import { type Value, valuesOf } from './row.ts';
import { hasNewest } from './series.ts';
import { Refused, type Server } from './server.ts';

/** A figure that is rejected is not taken later either. */
const REJECTED = 400;

export function otlpServer({ url, headers }: OtlpServer): Server {
  const write = async (values: readonly Value[], timeout: number): Promise<void> => {
    const body = JsonMetricsSerializer.serializeRequest(resourceMetrics(values)) ?? new Uint8Array();
    const json = { 'content-type': 'application/json' };
    const answer = await post({ url, headers: { ...json, ...headers }, body }, timeout);
    const { rejectedDataPoints = 0, errorMessage = '' } = partialSuccess(answer);
    // As a 64-bit number it is a text in JSON.
    if (Number(rejectedDataPoints) > 0)
      throw new Refused(`${rejectedDataPoints} values rejected: ${errorMessage}`, { status: REJECTED });
  };
  return {
    where: url,
    variables: { address: 'OTLP_URL', access: 'OTLP_HEADERS' },
    send: (rows, timeout) => write(valuesOf(rows), timeout),
    // Prometheus behind it, or itself.
    hasTaken: (refused, rows, timeout) => hasNewest(refused, rows, (series) => write(series.flat(), timeout)),
  };
}

/** https://opentelemetry.io/docs/specs/otlp/#partial-success-1 */
function partialSuccess(answer: Uint8Array): NonNullable<IExportMetricsServiceResponse['partialSuccess']> {
  if (answer.length === 0) return {};
  try {
    return JsonMetricsSerializer.deserializeResponse(answer).partialSuccess ?? {};
  } catch {
    return {}; // a good answer that says no more
  }
}

/**
 * Gauges without a unit: a receiver adds one to the name (https://prometheus.io/docs/guides/opentelemetry/), and a name
 * must be the same everywhere.
 */
function resourceMetrics(values: readonly Value[]): ResourceMetrics {
  const byMetric = Map.groupBy(values, ({ metric }) => metric);
  return {
    resource: resourceFromAttributes({ 'service.name': 'residency-load-suite' }),
    scopeMetrics: [{ scope: { name: 'residency-load-suite' }, metrics: [...byMetric].map(gauge) }],
  };
}

function gauge([name, values]: [string, Value[]]): GaugeMetricData {
  return {
    descriptor: { name, description: '', unit: '', valueType: 1 },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPointType: DataPointType.GAUGE,
    dataPoints: values.map(({ labels, value, t }) => {
      const time: [number, number] = [Math.floor(t / 1000), (t % 1000) * 1_000_000];
      return { startTime: time, endTime: time, attributes: { ...labels }, value };
    }),
  };
}
