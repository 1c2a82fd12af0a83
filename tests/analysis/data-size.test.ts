/** The size of the target's data is in every report, with what it grew by and the command that removes it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { DataSize } from '../../measure/run/data-size.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const SIZE: DataSize = {
  at: '2026-11-23T15:00:00Z',
  counts: { people: 37, residents: 24, users: 40, assignments: 12_096, absences: 20, swaps: 7, drafts: 2 },
  unknown: { halfDays: 'answer 500' },
};
const grownBy = (more: DataSize['counts']): DataSize => ({ ...SIZE, counts: { ...SIZE.counts, ...more } });

async function concluded(dataSize: RunJson['dataSize'], more: Sample[] = []) {
  const target = { ...runJson().target, kind: 'deployment' as const, url: 'http://h', data: undefined };
  const dir = runDirectory(runJson({ target, dataSize }), [...healthySamples(), ...more]);
  const { summary } = await conclude(dir);
  const plain = (text: string) => text.replaceAll('\u202f', ' ');
  return {
    summary,
    grew: plain(summary.notes.find(({ code }) => code === 'data-grew')?.text ?? ''),
    headline: plain(summary.headline.text),
    page: plain(readFileSync(join(dir, 'index.html'), 'utf8')),
  };
}

test('the size of the data is in the headline, the report and summary.json; what is not known says why', async () => {
  const { summary, headline, page, grew } = await concluded({ before: SIZE, after: SIZE });
  assert.match(
    headline,
    /on http:\/\/h with data of 37 people, 40 user accounts, 12 096 assignments, environment/,
  );
  assert.deepEqual(summary.run.dataSize?.before, SIZE);
  assert.match(page, /<h2 id="data">Data of the target<\/h2>/);
  assert.match(page, /half-day assignments in a week not known \(answer 500\)/);
  assert.match(
    page,
    /<th scope="row">swaps<\/th><td class="num">7<\/td><td class="num">7<\/td><td class="num">0</,
  );
  assert.equal(grew, '');
});

test('growth by changes of the run that are left is a note with the command that removes them, and no verdict', async () => {
  const left: Sample = {
    t: START + 1,
    kind: 'event',
    name: 'change-planned',
    session: 'h1',
    data: { id: 'a', what: 'swaps', name: 'perf-x', why: 'the portal keeps it' },
  };
  const same = await concluded({ before: SIZE, after: SIZE });
  const { summary, grew, page } = await concluded({ before: SIZE, after: grownBy({ swaps: 9, drafts: 3 }) }, [
    ...[left, { ...left, session: 'h2', data: { ...left.data, id: 'b', why: 'accepted' } }],
  ]);
  assert.match(
    page,
    /2 changes, 0 taken back, 2 left, of 1 thing/,
    'asked for by one user, accepted by another',
  );
  assert.match(page, /<td class="num">1<\/td><td>no: the application offers no way/);
  assert.match(page, /the portal keeps it; accepted/);
  assert.equal(
    grew,
    'the target has more data than before the run: 2 swaps, 1 drafts; 1 thing that this run made or changed is still there, 0 of which `npx loadtest clean` removes',
  );
  assert.match(page, /<td class="num">9<\/td><td class="num">\+2<\/td>/);
  assert.equal(summary.verdict, same.summary.verdict);
  const history = await concluded({ before: SIZE, after: grownBy({ drafts: 3 }) });
  assert.match(history.grew, /1 drafts; this run has taken back what it changed: the rest is history that/);
});

test('a run that could not read it, one of an older suite and one on the embedded scheduler are as readable', async () => {
  const unknown = Object.fromEntries(['people', 'users'].map((name) => [name, 'sign-ins are counted there']));
  const none = await concluded({ before: { at: SIZE.at, counts: {}, unknown } });
  assert.match(none.headline, /with data of unknown size \(sign-ins are counted there\), /);
  assert.match(none.page, /people, user accounts not known \(sign-ins are counted there\)/);
  assert.match((await concluded(undefined)).headline, /with data of unknown size, /);
  const dataSize = { before: SIZE, after: grownBy({ drafts: 5 }) };
  const { summary } = await conclude(runDirectory(runJson({ dataSize }), healthySamples()));
  assert.ok(!summary.notes.some(({ code }) => code === 'data-grew'), 'it forgets everything');
});
