/** A run directory as a crash, a power cut or a bad disk leaves it: what is good is used, what is lost is counted. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { conclude } from '../../analysis/conclude.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START, seeded } from './synthetic-run.ts';

const line = (sample: object) => `${JSON.stringify(sample)}\n`;

/** Concludes a run of these bytes, as they lie in samples.ndjson. */
async function ofBytes(...pieces: Array<string | Buffer>): Promise<Summary> {
  const dir = runDirectory(runJson(), []);
  writeFileSync(join(dir, 'samples.ndjson'), Buffer.concat(pieces.map((piece) => Buffer.from(piece))));
  return (await conclude(dir)).summary;
}
const HEALTHY = healthySamples().map(line).join('');
const COUNT = healthySamples().length;
const found = ({ damage }: Summary) => Object.fromEntries(damage.map(({ what, count }) => [what, count]));
const whole = await ofBytes(HEALTHY);

const LINES: Array<[what: string, bytes: string | Buffer, found: Record<string, number>]> = [
  ['lines that are no JSON', 'half {"a\n}}}\n', { 'no JSON': 2 }],
  ['JSON that is no sample', '7\nnull\n{"a":1}\n', { 'JSON, but no sample': 3 }],
  ['a line of 10 MB', `"${'x'.repeat(10_000_000)}"\n`, { 'longer than 1 MiB': 1 }],
  ['NUL bytes after a power cut', Buffer.alloc(3_000_000), { 'longer than 1 MiB': 1 }],
  ['a few of them', Buffer.alloc(3000), { 'filled with NUL bytes': 1 }],
  [
    'wrong UTF-8',
    Buffer.from(line({ t: START, kind: 'check', name: '\u00ff', ok: true }), 'latin1'),
    { 'no UTF-8': 1 },
  ],
  ['a torn last line', '{"t":1795', { 'broken off at the end': 1 }],
];
for (const [what, bytes, expected] of LINES) {
  test(`${what}: reported and counted, and no figure is another for it`, async () => {
    // In the middle where it ends with a line break, else at the end.
    const middle = HEALTHY.indexOf('\n', HEALTHY.length / 2) + 1;
    const pieces = [HEALTHY.slice(0, middle), bytes, HEALTHY.slice(middle)];
    const endsLine = Buffer.from(bytes).at(-1) === 10;
    const summary = await (endsLine ? ofBytes(...pieces) : ofBytes(HEALTHY, bytes));
    assert.deepEqual(found(summary), expected);
    const count = Object.values(expected).reduce((sum, n) => sum + n, 0);
    assert.deepEqual([summary.counts.samples, summary.counts.torn], [COUNT, count]);
    assert.deepEqual(summary.metrics, whole.metrics);
    assert.equal(summary.verdict, 'warn');
    assert.match(
      summary.reasons[0] ?? '',
      new RegExp(`^${count} of .* could not be used \\(${Object.keys(expected)[0]} ${count}\\)$`),
    );
  });
}

test('lines that were written and are gone make a run invalid, whatever took them out', async () => {
  const samples = healthySamples();
  const counted = (lines: number): Sample => ({
    ...{ t: START + 60_000, kind: 'event', name: 'lines-written' },
    data: { lines },
  });
  // Two wrote, each with a count of its own.
  const ends = [counted(samples.length - 100), counted(100)];
  const verdictOf = async (of: readonly Sample[]) => {
    const { summary } = await conclude(runDirectory(runJson(), [...of, ...ends]));
    return [summary.verdict, summary.counts.missing, summary.reasons[0] ?? ''] as const;
  };
  assert.deepEqual((await verdictOf(samples)).slice(0, 2), ['pass', undefined]);
  const [verdict, missing, reason] = await verdictOf(samples.filter(({ kind }) => kind !== 'generator'));
  assert.deepEqual([verdict, missing], ['invalid', 60]);
  assert.match(
    reason,
    /60 of .* lines of samples could not be used \(missing, though they were written 60\)/,
  );
});

test('more than one line in a hundred lost: invalid', async () => {
  const { verdict, reasons } = await ofBytes(HEALTHY, 'x\n'.repeat(Math.ceil(COUNT / 90)));
  assert.equal(verdict, 'invalid');
  assert.match(reasons[0] ?? '', /could not be used \(no JSON \d+\), 1\.\d+ %, limit 1 %/);
});

const request = healthySamples().find((sample) => sample.kind === 'request') as Sample;
test('a time without a number never comes into a percentile, and says so', async () => {
  const wrong = [
    { ...request, value: null }, // what JSON makes of NaN
    { ...request, value: '12' },
    { ...request, value: undefined },
    { ...request, value: -5 },
    { ...request, ok: 'yes' },
    { ...request, t: '2026' },
    { ...request, kind: 'reqest' },
  ].map(line);
  const summary = await ofBytes(
    HEALTHY,
    ...wrong,
    line({ ...request, value: 0 }).replace('"value":0', '"value":1e999'),
  );
  assert.deepEqual(found(summary), {
    'request: "value" is no number': 3,
    'request: "value" is missing': 1,
    'request: "value" is negative': 1,
    'request: "ok" is no boolean': 1,
    'request: "t" is no number': 1,
    'unknown kind "reqest"': 1,
  });
  assert.deepEqual([summary.counts.unusable, summary.counts.torn], [8, 0]);
  assert.deepEqual(summary.metrics, whole.metrics);
  assert.match(summary.reasons[0] ?? '', /request: "value" is no number 3/);
});

test('a wrong field that a sample can do without is left out; the sample counts', async () => {
  const odd = { ...request, ttfb: 'x', error: 7, requestId: null };
  const event = { t: START + 5, kind: 'event', name: 'sign-in-paced', data: null };
  const summary = await ofBytes(HEALTHY, line(odd), line(event));
  assert.deepEqual([summary.counts.samples, summary.counts.unusable], [COUNT + 2, 0]);
  assert.equal(summary.counts.requests.n, whole.counts.requests.n + 1);
  assert.match(
    summary.reasons[0] ?? '',
    /fields of samples could not be used \(.*request: "ttfb" is no number 1/,
  );
});

test('a file whose lines are there twice is not twice as many users', async () => {
  const { verdict, reasons, counts } = await ofBytes(HEALTHY, HEALTHY);
  assert.equal(counts.sessions.started, whole.counts.sessions.started);
  assert.deepEqual([verdict, counts.unusable], ['invalid', whole.counts.sessions.ok]);
  assert.match(reasons[0] ?? '', /^14 sessions ended twice: parts of the file/);
});

const CUT = 'how much is lost is not known';
const PACKED = gzipSync(HEALTHY);
const ARCHIVES: Array<[what: string, bytes: Buffer, told: RegExp, samples: (n: number) => boolean]> = [
  [
    'cut in the middle',
    PACKED.subarray(0, PACKED.length / 2),
    /ends too early: \d+ samples read/,
    (n) => n > COUNT / 4 && n < COUNT,
  ],
  ['without its last bytes', PACKED.subarray(0, -6), /ends too early: .* read/, (n) => n === COUNT],
  [
    'with a zeroed tail',
    Buffer.concat([PACKED.subarray(0, -400), Buffer.alloc(400)]),
    /ends too early|is damaged/,
    (n) => n > COUNT / 2 && n < COUNT,
  ],
  ['of no bytes', Buffer.alloc(0), /ends too early: 0 samples/, (n) => n === 0],
  ['that is none', Buffer.from('hello'), /is damaged \(incorrect header check\): 0 samples/, (n) => n === 0],
];
for (const [what, bytes, told, samples] of ARCHIVES) {
  test(`an archive ${what}: what is before is used, the verdict is invalid and says so`, async () => {
    const dir = runDirectory(runJson(), []);
    rmSync(join(dir, 'samples.ndjson'));
    writeFileSync(join(dir, 'samples.ndjson.gz'), bytes);
    const { summary, exitCode } = await conclude(dir);
    const reason = summary.reasons.find((text) => text.includes(CUT)) ?? '';
    assert.match(reason.replaceAll('\u202f', ''), told);
    assert.ok(samples(summary.counts.samples), `${summary.counts.samples} of ${COUNT}`);
    assert.equal(exitCode, 3);
    assert.deepEqual(readFileSync(join(dir, 'samples.ndjson.gz')), bytes, 'the archive is left as it is');
  });
}

test('what a newer suite made or concluded is refused in one line, and left as it is', async () => {
  for (const file of ['run.json', 'summary.json']) {
    const dir = runDirectory(runJson(), healthySamples());
    const newer = JSON.stringify({ ...runJson(), schema: 3 });
    writeFileSync(join(dir, file), newer);
    await assert.rejects(conclude(dir), {
      name: 'RunDirectoryError',
      message: `${join(dir, file)}: made by a newer suite, schema 3, this suite reads 1 and 2. Use the suite that made it.`,
    });
    assert.equal(readFileSync(join(dir, file), 'utf8'), newer);
    assert.equal(existsSync(join(dir, 'index.html')), false);
  }
});

test('an empty run, with a file of samples or without: invalid, nothing was measured', async () => {
  for (const isThere of [true, false]) {
    const dir = runDirectory(runJson({ ended: undefined, end: undefined }), []);
    if (!isThere) rmSync(join(dir, 'samples.ndjson'));
    const { verdict, summary } = await conclude(dir);
    assert.equal(verdict, 'invalid');
    assert.ok(summary.reasons.some((reason) => /there are no samples/.test(reason)));
    assert.ok(readFileSync(join(dir, 'index.html'), 'utf8').includes('there are no samples'));
  }
});

test('samples in any order give the same summary', async () => {
  const random = seeded(7);
  const changed = (name: string, after: number, data: object): Sample =>
    ({ t: START + after, kind: 'event', name, session: 'h0', data: { id: 1, ...data } }) as Sample;
  const samples = [
    ...healthySamples(),
    changed('change-planned', 100, { what: 'absence', name: 'perf-1' }),
    changed('change-made', 200, { path: '/absences/1' }),
    changed('change-undone', 300, {}),
    { ...changed('change-planned', 400, { what: 'absence', name: 'perf-2' }), session: 'h1' },
    { ...changed('change-made', 500, { path: '/absences/2' }), session: 'h1' },
  ];
  const shuffled = samples.map((sample) => ({ sample, at: random() })).sort((a, b) => a.at - b.at);
  const plain = (await conclude(runDirectory(runJson(), samples))).summary;
  const other = (
    await conclude(
      runDirectory(
        runJson(),
        shuffled.map(({ sample }) => sample),
      ),
    )
  ).summary;
  assert.deepEqual(
    [plain.counts.changes, plain.leftovers.map(({ path }) => path)],
    [{ planned: 2, undone: 1, left: 1 }, ['/absences/2']],
  );
  // What is listed in the order of its coming has no order of its own.
  // A pass is drawn from a session's samples in the order in which its process wrote them.
  const sorted = ({ operations, steps, arrivals, gates, slowestPasses: _drawn, ...rest }: Summary) => ({
    ...rest,
    gates: gates.map(({ message }) => message).sort(),
    operations: operations.map(({ name, n, p95 }) => `${name} ${n} ${p95}`).sort(),
    steps: steps.map(({ name, n, p95 }) => `${name} ${n} ${p95}`).sort(),
    arrivals: arrivals.map((row) => JSON.stringify(row)).sort(),
  });
  assert.deepEqual(sorted(other), sorted(plain));
});

test('a clock that ran backwards or years ahead: no sample is lost in the timeline, none makes it endless', async () => {
  const before = healthySamples().map((sample) => ({ ...sample, t: sample.t - 40_000 }));
  const end = new Date(START - 5000).toISOString();
  const back = (await conclude(runDirectory(runJson({ end }), before))).summary;
  const requests = ({ timeline }: Summary) => timeline.reduce((sum, second) => sum + second.requests, 0);
  assert.ok(back.durationSeconds > 15 && back.timeline.length < 60, `${back.durationSeconds} s`);
  assert.equal(requests(back), whole.counts.requests.n);

  const years = { ...request, t: START + 5 * 365 * 86_400_000 };
  const ahead = await ofBytes(HEALTHY, line(years));
  assert.deepEqual(found(ahead), { 'request: "t" lies outside of the run': 1 });
  assert.equal(ahead.timeline.length, whole.timeline.length);
});

test('a report that the disk does not take is one line; the samples are left', async () => {
  if (!existsSync('/dev/full')) return;
  const dir = runDirectory(runJson(), healthySamples());
  symlinkSync('/dev/full', join(dir, 'summary.json.part'));
  await assert.rejects(conclude(dir), {
    name: 'ReportNotWritten',
    message:
      /summary\.json: cannot be written \(ENOSPC: no space left on the disk\)\. The samples are kept; make room/,
  });
  assert.ok(existsSync(join(dir, 'samples.ndjson')));
  // Only the archive: report and verdict are there, and it says what is not.
  symlinkSync('/dev/full', join(dir, 'samples.ndjson.gz.part'));
  const { notes, verdict } = await conclude(dir);
  assert.equal(verdict, 'pass');
  assert.match(notes.join(), /samples\.ndjson: not packed \(E\w+: .*\); it is whole as it is/);
  assert.equal(readFileSync(join(dir, 'samples.ndjson'), 'utf8'), HEALTHY);
});
