/** Whether the load generator was fit is said in one line of the overview. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { generatorLine } from '../../analysis/report/generator-line.ts';
import { report } from '../../analysis/report/report.ts';
import { markdown } from '../../analysis/text/markdown.ts';
import { verdictLine } from '../../analysis/text/verdict-line.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const summaryOf = async (samples: readonly Sample[], tail = '') =>
  (await conclude(runDirectory(runJson(), samples, tail))).summary;
const busy = (of: Partial<Extract<Sample, { kind: 'generator' }>>) =>
  healthySamples().map((sample): Sample => (sample.kind === 'generator' ? { ...sample, ...of } : sample));
const text = (line: { text: string }) => line.text.replace(/<[^>]+>/g, '');

test('a generator that kept up is said to have, with its figures and their limits', async () => {
  const summary = await summaryOf(busy({ cpu: 0.4, loopDelay: 12 }));
  const line = text(generatorLine(summary));
  assert.match(
    line,
    /^The load generator kept up\. In 95 % of the seconds it used at most 40 % of all cores \(limit 90 %\) and its event loop was at most 12 ms late \(limit 200 ms\)\. No sample lost\. More/,
  );
  const [overview = ''] = report(summary).split('<div class="view" id="load"');
  assert.ok(overview.includes(generatorLine(summary).text));
});

test('one that did not keep up, or was disturbed, or lost samples, is said to have been, and why once in an overview', async () => {
  const summary = await summaryOf(busy({ cpu: 0.97 }));
  assert.match(text(generatorLine(summary)), /^The load generator did not keep up\. In 95 %/);
  const [, box = ''] = report(summary).split('<section class="verdict');
  const [sentences = ''] = box.split('<details>');
  assert.equal(sentences.match(/the generator was short of CPU: p95 97 %/g)?.length, 1);
  const failing = { ...summary, verdict: 'fail' as const };
  assert.match(text(generatorLine(failing)), /did not keep up: the generator was short of CPU: p95 97 %/);
  const jumped = { t: START + 9000, kind: 'event', name: 'clock-jumped', data: { ms: 5000 } } as Sample;
  assert.match(
    report(await summaryOf([...healthySamples(), jumped])),
    /clock jumped by \+5\.0 s[\s\S]*The load generator did not keep up\./,
  );
  assert.match(text(generatorLine(await summaryOf(healthySamples(), '{"t":1'))), / 1 sample lost\. /);
});

test('of one that nobody watched nothing is claimed', async () => {
  const unwatched = healthySamples().filter(({ kind }) => kind !== 'generator');
  const line = text(generatorLine(await summaryOf(unwatched)));
  assert.doesNotMatch(line, /generator kept up\b|CPU \d/);
});

const full = (cpu: number, count: number) => {
  let left = count;
  return healthySamples().map((sample): Sample => {
    if (sample.kind !== 'generator') return sample;
    left -= 1;
    return { ...sample, cpu, hostCpu: left >= 0 ? 1 : 0.4 };
  });
};

test('a machine that was full is said in words above the generator’s figures, and nothing is said to have kept up there', async () => {
  const summary = await summaryOf(full(0.2, 1000));
  const line = text(generatorLine(summary));
  assert.match(
    line,
    /^The machine of the load generator was full in (\d+) of \1 seconds: over 95 % of all cores were in use.* All times of this run may be longer than [^.]*\.\nNobody can know whether the load generator kept up on a full machine\./,
  );
  assert.match(line, /all programs of the machine used at most 100 %/);
  assert.doesNotMatch(line, /generator kept up[.,]/);
  const [, box = ''] = report({ ...summary, verdict: 'fail' }).split('<section class="verdict');
  assert.match(box.split('<details>')[0] ?? '', /All times of this run may be longer/);
  assert.match(verdictLine(summary), /\n {2}The machine of the load generator was full in /);
  assert.match(markdown(summary), /The machine of the load generator was full in /);
});

test('a machine that was full at times makes the slowest times doubtful, and one with a free core none', async () => {
  const line = text(generatorLine(await summaryOf(full(0.2, 10))));
  assert.match(line, /full in 10 of \d+ seconds.* The slowest times of this run may be longer /);
  assert.match(line, /The load generator kept up\./);
  assert.doesNotMatch(text(generatorLine(await summaryOf(full(0.2, 0)))), /full|trusted/);
});
