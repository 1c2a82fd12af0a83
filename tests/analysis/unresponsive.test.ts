/** A target that took connections and answered nothing for a while: how that is summed up, judged and shown. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

function silent(atSecond: number, seconds: number): Sample {
  const [since, ms] = [START + atSecond * 1000, seconds * 1000];
  return { t: since + ms, kind: 'event', name: 'target-unresponsive', data: { since, ms } };
}

function watched(probes: number, unanswered: number): Sample {
  return { t: START + 60_000, kind: 'event', name: 'target-watched', data: { probes, unanswered } };
}

async function judged(events: readonly Sample[], run: Partial<RunJson> = {}, answers: Sample[] = []) {
  // Users are answered when the target answers.
  const isSilent = (t: number) =>
    events.some(
      (one) =>
        one.kind === 'event' &&
        one.name === 'target-unresponsive' &&
        t > one.data.since &&
        t < one.data.since + one.data.ms,
    );
  const others = healthySamples().filter(({ kind, t }) => kind !== 'request' || !isSilent(t));
  const dir = runDirectory(runJson(run), [...others, ...events, ...answers]);
  const { summary } = await conclude(dir);
  const gate = (figure: string) =>
    summary.gates.find(({ metric }) => metric === `target.unresponsive.${figure}`);
  const file = (name: string) => readFileSync(join(dir, name), 'utf8');
  return { summary, longest: gate('longest'), share: gate('share'), file };
}

describe('an unresponsive target', () => {
  const answer = (second: number): Sample => ({
    t: START + second * 1000,
    kind: 'request',
    name: 'people.list',
    class: 'crud',
    method: 'GET',
    status: 200,
    value: 900,
    unit: 'ms',
    ok: true,
    via: 'http',
  });

  it('is judged by its longest silence and by the share of the run', async () => {
    const { summary, longest, share } = await judged([silent(10.5, 12), silent(40, 6), watched(45, 3)]);
    assert.deepEqual(summary.unresponsive, {
      probes: 45,
      unanswered: 3,
      longest: 12_000,
      share: 0.3,
      spans: [
        { from: 10.5, seconds: 12 },
        { from: 40, seconds: 6 },
      ],
      waits: [
        { from: 10.5, seconds: 12, answered: 0, silent: 12 },
        { from: 40, seconds: 6, answered: 0, silent: 6 },
      ],
    });
    assert.deepEqual([longest?.outcome, longest?.observed, longest?.n], ['failed', 12_000, 45]);
    assert.deepEqual([share?.outcome, share?.verdict, share?.observed], ['failed', 'warn', 0.3]);
    assert.equal(summary.exitCode, 1);
    assert.ok(!summary.reasonDetails.some(({ verdict }) => verdict === 'invalid'));
  });

  it('is drawn second by second, and said in Markdown', async () => {
    const { summary, file } = await judged([silent(10.5, 7), watched(45, 1)]);
    assert.deepEqual(
      summary.timeline.slice(9, 19).map(({ unresponsive }) => unresponsive),
      [undefined, 0.5, 1, 1, 1, 1, 1, 1, 0.5, undefined],
    );
    assert.match(file('index.html'), /id="chart-unresponsive"/);
    assert.match(file('summary.md'), /took connections and answered nothing for 7 s, 10 s into the run/);
  });

  it('is none while users are answered and only health probes wait', async () => {
    const [wait, answers] = [silent(10, 20), [12, 16, 24].map(answer)];
    const { summary, longest, file } = await judged([wait, watched(45, 3)], {}, answers);
    assert.deepEqual(summary.unresponsive?.spans, [
      { from: 16, seconds: 8 },
      { from: 24, seconds: 6 },
    ]);
    assert.deepEqual([longest?.observed, longest?.outcome], [8000, 'passed']);
    assert.deepEqual(summary.unresponsive?.waits, [{ from: 10, seconds: 20, answered: 3, silent: 14 }]);
    assert.match(
      file('index.html'),
      /for 20 s \(10 s into the run\); users were answered meanwhile \(3 answers\)/,
    );
  });

  it('says when probes had no answer and why none of it counts, where users had one throughout', async () => {
    const throughout = [13, 16, 19, 21].map(answer);
    const { summary, longest, file } = await judged([silent(10, 12), watched(45, 1)], {}, throughout);
    assert.deepEqual([longest?.observed, summary.unresponsive?.spans], [0, []]);
    const said =
      'for 12 s (10 s into the run); users were answered meanwhile (4 answers), so none of it counts as time without any answer';
    for (const name of ['index.html', 'summary.md']) assert.ok(file(name).includes(said), name);
  });

  it('has longer while all that is asked of it is to generate schedules', async () => {
    const events = [silent(10, 15), silent(30, 15), watched(20, 6)];
    const { longest, share } = await judged(events, { profiles: ['schedule-generation'] });
    assert.deepEqual([longest?.outcome, share], ['passed', undefined]);
  });

  it('makes the run invalid when it was ended for it', async () => {
    const { summary } = await judged([silent(10, 120), watched(40, 20)], { ended: 'target-unresponsive' });
    assert.equal(summary.exitCode, 3);
    const [first] = summary.reasonDetails;
    assert.equal(first?.code, 'target-unresponsive');
    assert.match(first?.text ?? '', /answered nothing for 2 min/);
  });
});

it('the share of probes without an answer is a figure with its interval, and a note', async () => {
  const { summary } = await judged([watched(60, 3)]);
  const figure = summary.findings['target.unresponsive.probes'];
  assert.deepEqual([figure?.value, figure?.unit, figure?.n], [0.05, '%', 60]);
  assert.ok((figure?.ci?.[0] ?? 0) > 0 && (figure?.ci?.[1] ?? 1) < 0.15);
  const note = summary.notes.find(({ code }) => code === 'probes-unanswered');
  assert.match(note?.text ?? '', /^3 of 60 health probes had no answer in time \(5(\.00)?\s%\)$/);
  const none = await judged([watched(60, 0)]);
  assert.equal(none.summary.findings['target.unresponsive.probes']?.value, 0);
  assert.ok(!none.summary.notes.some(({ code }) => code === 'probes-unanswered'));
});

it('a target that answered each probe passes, with the number of probes', async () => {
  const { longest, share, file } = await judged([watched(58, 0)]);
  assert.deepEqual(
    [longest?.outcome, longest?.observed, longest?.n, share?.outcome],
    ['passed', 0, 58, 'passed'],
  );
  assert.doesNotMatch(file('index.html'), /chart-unresponsive/);
});

it('a run that nobody watched has no such gate', async () => {
  const { summary, longest } = await judged([]);
  assert.deepEqual([summary.unresponsive, longest], [undefined, undefined]);
});
