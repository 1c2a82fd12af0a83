import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { conclude } from '../../analysis/conclude.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { verdictLine } from '../../analysis/text/verdict-line.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const read = (dir: string, file: string) => readFileSync(join(dir, file), 'utf8');

test('a healthy run passes with the limits that the suite brings', async () => {
  const dir = runDirectory(runJson(), healthySamples());
  const { verdict, exitCode, summary, reportPath } = await conclude(dir);
  assert.deepEqual([verdict, exitCode, summary.reasons], ['pass', 0, []]);
  assert.equal(reportPath, join(dir, 'index.html'));
  assert.ok(summary.gates.length > 10);
  assert.ok(summary.gates.every((gate) => gate.verdict === 'pass'));
  assert.deepEqual(summary.counts.sessions, { started: 14, ok: 14, failed: 0, interrupted: 0 });
  assert.equal(summary.primary.length, 6);
  assert.match(summary.headline.text, /14 sessions .*embedded scheduler with small data, environment local/);
});

test('everything a run directory promises is there, and the samples are packed unharmed', async () => {
  const dir = runDirectory(runJson({ end: undefined }), healthySamples());
  const before = read(dir, 'samples.ndjson');
  const { summary } = await conclude(dir);
  assert.deepEqual(JSON.parse(read(dir, 'summary.json')), JSON.parse(JSON.stringify(summary)));
  for (const file of ['index.html', 'summary.md', 'junit.xml']) assert.ok(read(dir, file).length > 500, file);
  assert.equal(existsSync(join(dir, 'samples.ndjson')), false);
  assert.equal(gunzipSync(readFileSync(join(dir, 'samples.ndjson.gz'))).toString(), before);
  const run = JSON.parse(read(dir, 'run.json')) as RunJson;
  assert.deepEqual([run.verdict, run.reasons], ['pass', []]);
  // The end was missing: the last sample's moment stands for it.
  const last = before
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as Sample).t);
  assert.equal(run.end, new Date(Math.max(...last)).toISOString());
});

test('concluding again, from the packed samples, gives the same summary', async () => {
  const dir = runDirectory(runJson(), healthySamples());
  const first = await conclude(dir);
  assert.deepEqual((await conclude(dir)).summary, first.summary);
});

test('a killed run is read but for its torn last line, invalid by name, and left unpacked', async () => {
  const samples = healthySamples();
  const dir = runDirectory(
    runJson({ ended: undefined, end: undefined }),
    samples,
    '{"t":1795420800123,"kind":"st',
  );
  const { summary, verdict } = await conclude(dir);
  assert.deepEqual([summary.counts.samples, summary.counts.torn], [samples.length, 1]);
  assert.equal(verdict, 'invalid');
  assert.match(summary.reasons[0] ?? '', /^the run was killed: it did not end by itself/);
  assert.equal(summary.reasons.length, 1, 'the line that a kill tears is no damage');
  assert.ok(existsSync(join(dir, 'samples.ndjson')));
});

test('started = ok + failed + interrupted: a session without an end was interrupted', async () => {
  const samples: Sample[] = healthySamples().filter(
    (sample) => !(sample.kind === 'session' && sample.session === 'b0'),
  );
  const step = {
    t: START + 5,
    kind: 'step',
    name: 'open people',
    value: 9,
    unit: 'ms',
    session: 'b0',
  } as const;
  samples.push({ ...step, ok: false, interrupted: true }, { ...step, ok: false, error: 'x' });
  const { summary } = await conclude(runDirectory(runJson(), samples));
  assert.deepEqual(summary.counts.sessions, { started: 14, ok: 13, failed: 0, interrupted: 1 });
  const { started, ok, failed, interrupted } = summary.counts.steps;
  assert.deepEqual([failed, interrupted, started], [1, 1, ok + failed + interrupted]);
  const row = summary.steps.find(({ name }) => name === 'open people');
  assert.deepEqual([row?.n, row?.errors, row?.attempts, row?.p50], [0, 1, 1, null]);
});

test('users at the same time are counted from comings and goings, per second and at the peak', async () => {
  const session = (id: string, from: number, to: number): Sample[] => [
    {
      t: START + from,
      kind: 'event',
      name: 'session-started',
      session: id,
      via: 'http',
      data: { scenario: 's' },
    },
    {
      t: START + to,
      kind: 'session',
      name: 's',
      session: id,
      via: 'http',
      value: to - from,
      unit: 'ms',
      ok: true,
      started: START + from,
    },
  ];
  const run = runJson({ plan: { phases: [], mix: [], seed: 1 }, end: new Date(START + 5000).toISOString() });
  const samples = [...session('a', 0, 2500), ...session('b', 1000, 3000), ...session('c', 3000, 4000)];
  const { summary } = await conclude(runDirectory(run, samples));
  assert.equal(summary.counts.peakUsers, 2);
  assert.deepEqual(
    summary.timeline.map(({ users }) => users),
    [1, 2, 2, 1, 1],
  );
});

test('each second holds what the machine did, and the summary p95 and maximum of it; the target apart', async () => {
  const watched = (second: number, cpu: number, hostCpu: number, more: object): Sample[] => {
    const t = START + second * 1000 + 200;
    const users = { users: 1, browserUsers: 0, httpUsers: 1 };
    return [
      {
        t,
        kind: 'generator',
        name: 'generator',
        cpu,
        loopDelay: 5,
        memoryMiB: 300,
        hostCpu,
        ...users,
        ...more,
      },
      { t, kind: 'target', name: 'process', cpu: cpu / 2, memoryMiB: 80 + second },
    ];
  };
  const samples = [
    ...watched(0, 0.2, 0.4, { planned: 2, started: 1, late: 30 }),
    // Two threads watched in the same second: the worse counts.
    ...watched(1, 0.4, 0.8, { planned: 4, started: 4, sockets: 7 }),
    ...watched(1, 0.1, 0.7, {}),
  ];
  const run = runJson({ plan: { phases: [], mix: [], seed: 1 }, end: new Date(START + 3000).toISOString() });
  const { summary } = await conclude(runDirectory(run, samples));
  const [first, second, third] = summary.timeline;
  const none = { users: 0, browserUsers: 0, httpUsers: 0, requests: 0, errors: 0, p50: null, p95: null };
  const memory = { loopDelay: 5, memoryMiB: 300 };
  assert.deepEqual(first, {
    ...{ s: 0, ...none, cpu: 0.2, targetCpu: 0.1, targetMemoryMiB: 80, hostCpu: 0.4 },
    ...{ ...memory, planned: 2, started: 1, late: 30 },
  });
  assert.deepEqual(second, {
    ...{ s: 1, ...none, cpu: 0.4, targetCpu: 0.2, targetMemoryMiB: 81, hostCpu: 0.8 },
    ...{ ...memory, planned: 4, started: 4, sockets: 7 },
  });
  assert.deepEqual(third, { s: 2, ...none, cpu: null });
  const { host, cpuMax } = summary.generator;
  assert.equal(cpuMax, 0.4);
  assert.deepEqual(host, { hostCpu: { p95: host.hostCpu?.p95, max: 0.8 }, sockets: { p95: 7, max: 7 } });
  assert.ok(Math.abs((host.hostCpu?.p95 ?? 0) - 0.79) < 1e-9, '0.4, 0.7, 0.8 by type 7');
  assert.deepEqual(
    { ...summary.targetProcess, cpuP95: 0 },
    { seconds: 3, cpuP95: 0, cpuMax: 0.2, memoryMaxMiB: 81 },
  );
  const older = await conclude(runDirectory(run, healthySamples()));
  assert.deepEqual([older.summary.targetProcess, older.summary.generator.host], [null, {}]);
});

test('terminal: verdict, reasons, primary figures with n, and the report', async () => {
  const samples = healthySamples().map((sample) =>
    sample.kind === 'step' && sample.name === 'open absences'
      ? { ...sample, ok: false, error: 'gone \u001b[31mred' }
      : sample,
  );
  const { summary, reportPath } = await conclude(runDirectory(runJson(), samples));
  const text = verdictLine(summary, reportPath);
  assert.match(text, /^\nFail: /);
  assert.match(
    text,
    /step\.open absences\.errors: expected ≤ 5 %, observed 100 % \(n = 12\), set in config\/thresholds\.yml:\d+/,
  );
  assert.match(text, /class\.crud\.p50 +[\d.]+ ms .* 114 /);
  assert.ok(text.trimEnd().endsWith(reportPath));
  assert.ok(!text.includes('\u001b'));
});

test('what is no run directory is refused in one line', async () => {
  const dir = runDirectory(runJson(), []);
  await assert.rejects(conclude(join(dir, 'nowhere')), {
    name: 'RunDirectoryError',
    message: /no such directory\. Give one under reports\/runs/,
  });
  // Where a command asks for the newest run, and there is none.
  await assert.rejects(conclude(join(dir, 'latest')), {
    name: 'RunDirectoryError',
    message: `${dir}: no run yet. Make one, e.g. with \`npx loadtest run smoke\`.`,
  });
  const broken = runDirectory(runJson(), []);
  const cases: Array<[prepare: () => void, message: RegExp]> = [
    [() => writeFileSync(join(broken, 'run.json'), '{"sch'), /run\.json: not JSON .*Restore it/],
    [() => rmSync(join(broken, 'run.json')), /: no run\.json there\. Give a directory under reports\/runs/],
    [() => rmSync(broken, { recursive: true }), /: no such directory/],
    [() => writeFileSync(broken, ''), / is not a directory\. Pass a run directory from/],
  ];
  for (const [prepare, message] of cases) {
    prepare();
    await assert.rejects(conclude(broken), { name: 'RunDirectoryError', message });
  }
});

test('credentials in the target’s URL are in no file that is written', async () => {
  const target = {
    ...runJson().target,
    url: 'https://user:hunter2@scheduler.example.org',
    kind: 'deployment' as const,
  };
  const dir = runDirectory(runJson({ target }), healthySamples());
  await conclude(dir);
  for (const file of ['summary.json', 'index.html', 'summary.md', 'junit.xml']) {
    assert.ok(!read(dir, file).includes('hunter2'), file);
  }
  assert.equal(
    (JSON.parse(read(dir, 'summary.json')) as Summary).run.target.url,
    'https://scheduler.example.org',
  );
});
