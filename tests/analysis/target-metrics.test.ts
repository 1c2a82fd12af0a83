/** What the target says of itself: summary, limits, warnings and the report. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample, ScrapeSample } from '../../measure/run/samples.ts';
import type { EndpointFacts } from '../../measure/run/target-figures.ts';
import { withoutOwnScript } from './own-script.ts';
import { healthySamples, runDirectory, runJson, START, seeded, temporaryDirectory } from './synthetic-run.ts';

const APPLICATION: EndpointFacts = {
  name: 'application',
  kind: 'application',
  url: 'http://h/metrics',
  every: 5,
  figures: [
    { key: 'cpu', title: 'CPU', unit: 'cores' },
    { key: 'memory', title: 'Resident memory', unit: 'MiB' },
    { key: 'cacheHits', title: 'Keys found', unit: '%', moreIsBetter: true },
    { key: 'openFiles', title: 'Open files and sockets', unit: '1' },
  ],
};

const scrape = (s: number, changes: Partial<ScrapeSample>): ScrapeSample => ({
  t: START + s * 1000,
  kind: 'scrape',
  name: 'application',
  ms: 3,
  ...changes,
});

async function concluded(scrapes: Sample[], changes: Partial<RunJson> = {}, limits = '') {
  const thresholds = join(temporaryDirectory(), 'thresholds.yml');
  writeFileSync(thresholds, `default:\n  metrics:\n    sessions.failed: [error, 0.9]\n${limits}`);
  const dir = runDirectory(runJson({ metrics: [APPLICATION], ...changes }), [
    ...healthySamples(),
    ...scrapes,
  ]);
  const { summary } = await conclude(dir, { thresholds });
  return {
    summary,
    page: readFileSync(join(dir, 'index.html'), 'utf8'),
    markdown: readFileSync(join(dir, 'summary.md'), 'utf8'),
  };
}

/** A minute, scraped every 5 s: CPU 0.05, 0.10, … 0.60 cores, memory steady. */
const MINUTE = Array.from({ length: 12 }, (_, i) =>
  scrape(i * 5, { figures: { cpu: (i + 1) / 20, memory: 200 } }),
);

test('figures have minimum, median and maximum, without warm-up and drain; all are drawn', async () => {
  const phase = (s: number, name: string): Sample => ({
    t: START + s * 1000,
    kind: 'event',
    name: 'phase-started',
    phase: name,
  });
  const phases = [
    { name: 'warm', duration: 20, warmup: true, arrivals: {} },
    { name: 'steady', duration: 25, arrivals: {} },
  ];
  const { summary, page, markdown } = await concluded([...MINUTE, phase(0, 'warm'), phase(20, 'steady')], {
    plan: { ...runJson().plan, phases },
  });
  const [application] = summary.targetMetrics;
  const cpu = application?.figures.find(({ key }) => key === 'cpu');
  assert.deepEqual([cpu?.n, cpu?.min, cpu?.p50, cpu?.max, cpu?.drift], [6, 0.25, 0.375, 0.5, null]);
  assert.equal(cpu?.points.length, 12);
  assert.deepEqual(cpu?.points.at(-1), [55, 0.6]);
  assert.deepEqual([application?.scrapes, application?.failed, application?.restarts], [12, 0, 0]);
  assert.equal(summary.metrics['target.application.cpu']?.unit, 'cores');
  assert.equal(summary.metrics['target.application.openFiles'], undefined, 'it was not there');
  assert.ok(
    !summary.reasons.some((reason) => reason.includes('metrics of the target')),
    summary.reasons.join('\n'),
  );
  assert.match(page, /id="target"/);
  assert.match(page, /id="chart-target-application-cpu"/);
  assert.doesNotMatch(page, /id="chart-target-application-openFiles"/);
  assert.match(page, /http:\/\/h\/metrics, every 5 s: 12 scrapes, none failed/);
  assert.match(markdown, /\| application \| CPU \| 6 \| 0\.25 cores \| 0\.375 cores \| 0\.5 cores \|/);
});

test('a value stands for the time before it, and what a failed scrape leaves is a gap', async () => {
  const gap = MINUTE.map((one, i) => (i === 5 || i === 6 ? scrape(i * 5, { error: 'answer 500' }) : one));
  const { summary, page } = await concluded(gap);
  assert.ok(
    summary.reasons.includes(
      'metrics of the target: application (http://h/metrics): 2 of 12 scrapes failed (answer 500)',
    ),
    summary.reasons.join('\n'),
  );
  const [, path = ''] =
    /id="chart-target-application-memory".*?class="line [a-d]" d="([^"]+)"/s.exec(page) ?? [];
  assert.ok(
    path.startsWith('M') && path.split('L').length === 21,
    'from second 0 to that of the last before the gap',
  );
});

test('an endpoint that never answered, was not read, or has none of its figures is a warning with its name', async () => {
  const reasonsOf = async (scrapes: Sample[]) =>
    (await concluded(scrapes)).summary.reasons.filter((reason) =>
      reason.startsWith('metrics of the target: application'),
    );
  const [never] = await reasonsOf([
    scrape(0, { error: 'ECONNREFUSED' }),
    scrape(5, { error: 'ECONNREFUSED' }),
    scrape(10, { error: 'no answer within 5 s' }),
  ]);
  assert.match(never ?? '', /never answered: 3 scrapes failed \(ECONNREFUSED 2, no answer within 5 s 1\)$/);
  assert.match((await reasonsOf([]))[0] ?? '', /was not read once$/);
  assert.match(
    (await reasonsOf([scrape(0, { figures: {} })]))[0] ?? '',
    /none of the figures of kind application/,
  );
  const [anew] = await reasonsOf([...MINUTE, scrape(58, { figures: { memory: 1 }, restarted: true })]);
  assert.match(anew ?? '', /counters reset 1 time: the process restarted, or several processes/);
  const { summary } = await concluded([scrape(0, { error: 'x' })]);
  assert.equal(summary.verdict, 'warn');
  assert.equal(summary.exitCode, 0);
});

test('limits hold and are broken, also those that are "at least", and on what was not there', async () => {
  const limits = `    target.application.cpu.max: [error, 0.5]
    target.*.memory.p50: [error, 300]
    target.application.cacheHits.min: [error, 0.9]
    target.application.openFiles.max: [error, 10]
`;
  const scrapes = MINUTE.map((one) => ({ ...one, figures: { ...one.figures, cacheHits: 0.8 } }));
  const { summary } = await concluded(scrapes, {}, limits);
  const gates = new Map(
    summary.gates.map(({ metric, verdict, message }) => [metric, `${verdict}: ${message}`]),
  );
  assert.match(
    gates.get('target.application.cpu.max') ?? '',
    /^fail: .*expected ≤ 0\.5 cores, observed 0\.6 cores \(n = 12\)/,
  );
  assert.match(gates.get('target.application.memory.p50') ?? '', /^pass: .*≤ 300 MiB/);
  assert.match(
    gates.get('target.application.cacheHits.min') ?? '',
    /^fail: .*expected ≥ 90 %, observed 80 %/,
  );
  assert.match(gates.get('target.application.openFiles.max') ?? '', /^fail: .*there are no samples/);
});

test('drift: memory that grows in a long run is found in its noise, and can be limited; a short run has none', async () => {
  const random = seeded(7);
  // 20 minutes; 60 MiB an hour in ±10 MiB of noise, with a few wild values; hits fall by a tenth an hour.
  const soak = Array.from({ length: 241 }, (_, i) => {
    const hours = (i * 5) / 3600;
    const memory = 200 + 60 * hours + 20 * (random() - 0.5) + (i % 50 === 49 ? 400 : 0);
    return scrape(i * 5, {
      figures: { cpu: 0.3 + 0.1 * (random() - 0.5), memory, cacheHits: 0.95 - 0.1 * hours },
    });
  });
  const limits = `    target.application.memory.drift: [error, 30]
    target.application.cpu.drift: [error, 0.2]
    target.application.cacheHits.drift: [error, 0.05]
`;
  const end = new Date(START + 1_200_000).toISOString();
  const plan = { ...runJson().plan, phases: [{ name: 'steady', duration: 1200, arrivals: {} }] };
  const { summary, page, markdown } = await concluded(soak, { end, plan }, limits);
  const drifts = Object.fromEntries(
    (summary.targetMetrics[0]?.figures ?? []).map(({ key, drift }) => [key, drift]),
  );
  const { memory, cpu } = drifts;
  assert.ok(memory && memory.perHour > 50 && memory.perHour < 70, JSON.stringify(memory));
  assert.ok(
    memory.ci[0] > 45 && memory.ci[1] < 75 && memory.ci[0] < 60 && memory.ci[1] > 60,
    JSON.stringify(memory),
  );
  assert.ok(cpu && cpu.ci[0] < 0 && cpu.ci[1] > 0, JSON.stringify(cpu));
  const verdicts = summary.gates
    .filter(({ metric }) => metric.endsWith('.drift'))
    .map(({ metric, verdict }) => `${metric.split('.')[2]} ${verdict}`);
  assert.deepEqual(verdicts, ['memory fail', 'cpu pass', 'cacheHits fail']);
  assert.match(page, />\+\d+(\.\d)? ↗<small>\+/);
  assert.match(page, />-10\.0 points ↘</);
  assert.match(
    markdown,
    /\| Keys found \| 241 \|.*\| -10\.0+ points \(-10\.0+ points to -10\.0+ points\) \|/,
  );

  const short = await concluded(MINUTE, {}, '    target.application.memory.drift: [error, 30]\n');
  const gate = short.summary.gates.find(({ metric }) => metric === 'target.application.memory.drift');
  assert.deepEqual([gate?.outcome, gate?.verdict], ['inconclusive', 'pass']);
  assert.match(gate?.message ?? '', /the run was too short for it \(needs 10 min\)/);
});

test('a load without endpoints says that nothing of the target was measured, and how to have it', async () => {
  const { summary, page } = await concluded([], { metrics: undefined });
  assert.deepEqual(summary.targetMetrics, []);
  const section = page.split('id="target"')[1]?.split('</section>')[0] ?? '';
  assert.match(section, /CPU and memory of the target were not measured.*docs\/environments\.md/);
  assert.doesNotMatch(section, /<table/);
  const watched = { seconds: 9, cpuP95: 0.1, cpuMax: 0.2, memoryMaxMiB: 90 };
  const silent = [
    { ...summary, targetProcess: watched },
    { ...summary, run: { ...summary.run, runner: 'playwright' as const } },
  ];
  for (const one of silent) assert.doesNotMatch(report(one), /id="target"/);
});

test('names that came with the run become no HTML', async () => {
  const evil = '<script>alert(1)</script>';
  const { page } = await concluded([{ ...scrape(0, { error: evil }), name: evil }], {
    metrics: [{ ...APPLICATION, name: evil, url: evil }],
  });
  assert.ok(!withoutOwnScript(page).includes('<script'));
});
