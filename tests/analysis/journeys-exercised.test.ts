/** A journey that was due and did nothing fails the run; one that no user chose is listed. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { PlannedJourney } from '../../measure/run/plan.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, temporaryDirectory } from './synthetic-run.ts';

async function judged(samples: readonly Sample[], run: Partial<RunJson> = {}) {
  const { summary, reportPath } = await conclude(runDirectory(runJson(run), samples));
  const gate = summary.gates.find(({ metric }) => metric === 'journeys.exercised');
  return { summary, gate, page: readFileSync(reportPath, 'utf8') };
}

const cutShort = { code: 'nothing-there', text: 'the target has nothing for it' };
/** Those that are named end before they have done all. */
function withCutShort(isCut: (name: string, session: string) => boolean): Sample[] {
  return healthySamples().map((sample) =>
    sample.kind === 'journey' && isCut(sample.name, sample.session ?? '') ? { ...sample, cutShort } : sample,
  );
}

/** The scenario over HTTP draws from these; its ten sessions drew one each. */
function drawing(journeys: PlannedJourney[]): Partial<RunJson> {
  const { plan } = runJson();
  return { plan: { ...plan, mix: plan.mix.map((one) => (one.via === 'http' ? { ...one, journeys } : one)) } };
}

test('every journey cut short: the gate "journeys exercised" fails and names each, also in a run that has no weights', async () => {
  const { summary, gate } = await judged(withCutShort(() => true));
  assert.deepEqual(
    [summary.verdict, summary.exitCode, gate?.verdict, gate?.observed],
    ['fail', 1, 'fail', 0],
  );
  assert.match(
    summary.reasons[0] ?? '',
    /^journeys\.exercised: 2 of 2 journeys did nothing, though due: .*swap lifecycle was cut short each time \(10\)/,
  );
});

test('one journey cut short each time it began fails the run, whatever the others did', async () => {
  const { summary, gate, page } = await judged(withCutShort((name) => name === 'swap lifecycle'));
  assert.equal(summary.verdict, 'fail');
  assert.deepEqual(gate?.lacking, [{ journey: 'swap lifecycle', cutShort: 10 }]);
  assert.match(page, /swap lifecycle[\s\S]*cut short each time/);
});

test('a journey that was often cut short is a warning with its share; one that seldom was is none', async () => {
  const often = await judged(withCutShort((name, session) => name === 'swap lifecycle' && session < 'h6'));
  assert.equal(often.gate, undefined);
  assert.deepEqual(
    often.summary.reasonDetails.map(({ code }) => code),
    ['journeys-cut-short'],
  );
  assert.match(often.summary.reasons[0] ?? '', /6 of 14 journeys were cut short.*: swap lifecycle 6 of 10/);
  const seldom = await judged(withCutShort((_, session) => session === 'h0'));
  assert.equal(seldom.summary.verdict, 'pass');
});

test('a journey that was due and never began fails the run; one that chance may have left out is listed as not tried', async () => {
  // With half of the weight none of ten draws is it once in 1024 runs; with a tenth, in one of three.
  const half = await judged(
    healthySamples(),
    drawing([
      { name: 'swap lifecycle', weight: 9 },
      { name: 'request an absence', weight: 10 },
    ]),
  );
  assert.equal(half.summary.verdict, 'fail');
  assert.deepEqual(half.gate?.lacking, [{ journey: 'request an absence' }]);
  assert.match(half.summary.reasons[0] ?? '', /request an absence never began/);

  const tenth = await judged(
    healthySamples(),
    drawing([
      { name: 'swap lifecycle', weight: 9 },
      { name: 'request an absence', weight: 1 },
    ]),
  );
  assert.equal(tenth.summary.verdict, 'pass');
  const row = tenth.summary.journeys.find(({ name }) => name === 'request an absence');
  assert.ok(Math.abs((row?.chanceOfNone ?? 0) - 0.9 ** 10) < 1e-12, String(row?.chanceOfNone));
  assert.deepEqual([row?.begun, row?.outcome], [0, 'not-drawn']);
  assert.match(tenth.page, /request an absence[\s\S]*not tried/);
});

test('a rare journey that was cut short each time is no more than a warning: a few draws are chance', async () => {
  const samples = withCutShort((_, session) => session === 'h9').map(
    (sample): Sample =>
      sample.kind === 'journey' && sample.session === 'h9' ? { ...sample, name: 'answer a request' } : sample,
  );
  const { gate, summary } = await judged(
    samples,
    drawing([
      { name: 'swap lifecycle', weight: 9 },
      { name: 'answer a request', weight: 1 },
    ]),
  );
  assert.equal(gate, undefined);
  assert.equal(summary.verdict, 'pass');
});

test('each perf test is a journey that was asked for, and no draw: cut short, it fails the run', async () => {
  const perf: Partial<RunJson> = { runner: 'playwright', plan: { phases: [], mix: [], seed: 1 } };
  const short = withCutShort((name) => name === 'view my schedule');
  const { gate } = await judged(short, perf);
  assert.deepEqual(gate?.lacking, [{ journey: 'view my schedule', cutShort: 4 }]);
  // Of four tests this is one.
  const one = short.map((sample) =>
    sample.kind === 'journey' && sample.name === 'view my schedule' && sample.session !== 'b0'
      ? { ...sample, name: 'browse rotations', cutShort: undefined }
      : sample,
  );
  assert.deepEqual((await judged(one, perf)).gate?.lacking, [{ journey: 'view my schedule', cutShort: 1 }]);
});

test('what was drawn in a warm-up exercised nothing that gates judge', async () => {
  const warm = healthySamples().map(
    (sample): Sample => (sample.kind === 'journey' ? { ...sample, warmup: true } : sample),
  );
  const { summary } = await judged(warm, drawing([{ name: 'swap lifecycle', weight: 1 }]));
  assert.deepEqual(
    summary.journeys.map(({ name, begun, outcome }) => [name, begun, outcome]),
    [['swap lifecycle', 0, 'not-drawn']],
  );
});

test('a journey that found nothing, for other users had left nothing by chance, is a note; where none of them was there it fails', async () => {
  const judgedWith = (leftBy: string[]) =>
    judged(
      healthySamples().map(
        (sample): Sample =>
          sample.kind === 'journey' && sample.name === 'swap lifecycle'
            ? { ...sample, cutShort: { ...cutShort, leftBy } }
            : sample,
      ),
    );
  const { summary } = await judgedWith(['view my schedule']);
  assert.equal(summary.verdict, 'pass');
  assert.deepEqual(summary.notes[0], {
    code: 'journeys-found-nothing',
    journeys: [{ name: 'swap lifecycle', n: 10, of: 10 }],
    text: 'swap lifecycle 10 of 10 were cut short: they go on with what other users leave, and there was nothing yet; a longer run leaves more',
  });
  assert.deepEqual((await judgedWith(['ask for a swap'])).gate?.lacking, [
    { journey: 'swap lifecycle', cutShort: 10 },
  ]);
});

test('a limit of level "warn" that never had samples fails a run that did all it planned, and warns where chance left something out', async () => {
  const thresholds = join(temporaryDirectory(), 'thresholds.yml');
  writeFileSync(
    thresholds,
    'smoke:\n  metrics:\n    sessions.failed: [error, 0.5]\n    request.absences.approve.p95: [warn, 300]\n    journey.request an absence.p95: [warn, 9000]\n',
  );
  const verdicts = async (journeys: PlannedJourney[]) => {
    const run = runJson(drawing(journeys));
    const { summary } = await conclude(runDirectory(run, healthySamples()), { thresholds });
    return summary.gates
      .filter(({ reason }) => reason === 'no-samples')
      .map(({ metric, verdict }) => [metric, verdict]);
  };
  assert.deepEqual(await verdicts([{ name: 'swap lifecycle', weight: 1 }]), [
    ['request.absences.approve.p95', 'fail'],
    ['journey.request an absence.p95', 'warn'],
  ]);
  const maybe = [
    { name: 'swap lifecycle', weight: 9 },
    { name: 'request an absence', weight: 1 },
  ];
  assert.deepEqual(await verdicts(maybe), [
    ['request.absences.approve.p95', 'warn'],
    ['journey.request an absence.p95', 'warn'],
  ]);
});

test('every journey interrupted in a run that finished: the gate fails and names each; a run that was cut short is not blamed', async () => {
  const samples = healthySamples().map(
    (sample): Sample => (sample.kind === 'journey' ? { ...sample, interrupted: true } : sample),
  );
  const { summary, gate, page } = await judged(samples);
  assert.equal(summary.verdict, 'fail');
  assert.deepEqual(gate?.lacking, [
    { journey: 'view my schedule', interrupted: 4 },
    { journey: 'swap lifecycle', interrupted: 10 },
  ]);
  assert.match(summary.reasons[0] ?? '', /swap lifecycle was interrupted each time \(10\)/);
  assert.match(page, /swap lifecycle[\s\S]*interrupted each time/);
  assert.equal((await judged(samples, { ended: 'interrupted' })).gate, undefined);
});
