/** The comment on a pull request: kept up to date, of the right one only, and never greener than what was shown. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { WorkflowRun } from '../../config/workflow-run.ts';
import { GitHub } from '../../tools/comment/github.ts';
import { MARKER } from '../../tools/comment/text.ts';
import { writeOutcome } from '../../tools/comment/write.ts';
import { FakeGitHub, pull, REPOSITORY, RUN, SHA, TOKEN } from './fake-github.ts';

const TEXT = '## Is it slower?\n\n**The same.**\n\n[The report with every figure](REPORT_URL)\n';
const SAME = JSON.stringify({ verdict: 'same', canDecide: true });
const RESULT = { 'comparison.md': TEXT, 'comparison.json': SAME, 'comparison.html': '<p>' };

async function given(t: TestContext, artifacts: FakeGitHub['artifacts'] = RESULT): Promise<FakeGitHub> {
  const fake = await new FakeGitHub().listen(t);
  fake.artifacts = artifacts;
  return fake;
}

const write = (fake: FakeGitHub, run: Partial<WorkflowRun> = {}) =>
  writeOutcome(
    { ...RUN, ...run },
    REPOSITORY,
    new GitHub({ api: fake.api, repository: REPOSITORY, token: TOKEN }),
  );

test('a comment with the report is posted, with a check on the commit, and the next run changes it', async (t) => {
  const fake = await given(t);
  // The first hundred are others', one of them with the marker.
  fake.comments = Array.from({ length: 101 }, (_, id) => ({
    id,
    body: `${MARKER} mine`,
    user: { type: 'User' },
  }));
  await write(fake);
  const [, posted] = [fake.comments.pop(), fake.comments.length];
  assert.equal(posted, 101);
  fake.comments.push({ id: 500, body: `${MARKER}\nold`, user: { type: 'Bot' } });
  await write(fake);
  assert.equal(fake.comments.length, 102);
  const body = fake.comments.at(-1)?.body ?? '';
  assert.ok(body.startsWith(MARKER));
  assert.match(body, /\*\*The same\.\*\*/);
  assert.match(body, /\(https:\/\/github\.com\/hospital\/scheduler\/actions\/runs\/77\/artifacts\/2\)/);
  assert.deepEqual(
    fake.checks.map(({ name, head_sha, conclusion }) => [name, head_sha, conclusion]),
    Array(2).fill(['performance', SHA, 'success']),
  );
  assert.equal(fake.leakedToken, false);
});

test('a comment that was deleted is written again', async (t) => {
  const fake = await given(t);
  fake.comments = [{ id: 1, body: MARKER, user: { type: 'Bot' } }];
  fake.vanished = [1];
  await write(fake);
  assert.equal(fake.comments.length, 2);
});

test('without a result the check is neutral and says that nothing of the change was tested', async (t) => {
  for (const conclusion of ['skipped', 'success', 'cancelled']) {
    const fake = await given(t, {});
    await write(fake, { conclusion });
    assert.equal(fake.checks[0]?.conclusion, 'neutral', conclusion);
    assert.match(fake.comments[0]?.body ?? '', /Nothing of this change was tested\./);
  }
});

test('a job that failed is a failure, whatever its artifacts say, and green takes a verdict that decides', async (t) => {
  const conclusionOf = async (artifacts: FakeGitHub['artifacts'], run: Partial<WorkflowRun> = {}) => {
    const fake = await given(t, artifacts);
    await write(fake, run);
    return fake.checks[0]?.conclusion;
  };
  assert.equal(await conclusionOf(RESULT, { conclusion: 'failure' }), 'failure');
  assert.equal(await conclusionOf({}, { conclusion: 'failure' }), 'failure');
  assert.equal(await conclusionOf(RESULT, { conclusion: 'cancelled' }), 'neutral');
  for (const json of [
    '{"verdict":"unclear","canDecide":true}',
    '{"verdict":"same","canDecide":false}',
    '{"verdict":"worse","canDecide":true}',
    'null',
    '{',
  ])
    assert.equal(await conclusionOf({ ...RESULT, 'comparison.json': json }), 'neutral', json);
  assert.equal(await conclusionOf({ 'comparison.md': TEXT }), 'neutral');
});

test('nothing is written to a pull request of another branch, repository or fork', async (t) => {
  for (const other of [
    pull(5, 'stranger'),
    { ...pull(5), base: { repo: { full_name: 'hospital/website' } } },
    { ...pull(5), head: { ...pull(5).head, ref: 'main' } },
  ]) {
    const fake = await given(t);
    fake.pulls = [other];
    await assert.rejects(write(fake), /Nothing is written to another's pull request/);
    assert.deepEqual([fake.comments, fake.checks], [[], []]);
  }
});

test('nothing is written when the branch has moved on, when two could be meant, or when the run was not that of a pull request', async (t) => {
  const fake = await given(t);
  fake.pulls = [pull(5, 'hospital', 'b'.repeat(40))];
  assert.match(await write(fake), /nothing is written/);
  fake.pulls = [pull(5), pull(6)];
  await assert.rejects(
    write(fake, { pull_requests: [{ number: 5 }, { number: 6 }] }),
    /5, 6\. Close all but one/,
  );
  await assert.rejects(write(fake, { event: 'push' }), /not pull_request/);
  assert.deepEqual([fake.comments, fake.checks], [[], []]);
});

test('the pull request of a fork is found by its branch, and its text is only text', async (t) => {
  const evil =
    '# @hospital/all fixes #12\n![x](https://evil.test/p.png) [log in](https://evil.test) [a]: //evil.test\nwww.evil.test <img src=x> <!-- x -->\n<details><summary>all</summary></details>\n[The report](REPORT_URL)\n';
  const fake = await given(t, { ...RESULT, 'comparison.md': evil });
  fake.pulls = [pull(4, 'stranger', 'c'.repeat(40)), pull(9, 'stranger')];
  const head_repository = { full_name: 'stranger/scheduler', owner: { login: 'stranger' } };
  await write(fake, { pull_requests: [], head_repository });
  const body = (fake.comments[0]?.body ?? '').replace(MARKER, '');
  assert.match(body, /From a fork/);
  assert.match(body, /\[The report\]\(https:\/\/github\.com\/hospital\/scheduler\//);
  assert.match(body, /<details><summary>all<\/summary>/);
  for (const live of [
    /@hospital/,
    /#12/,
    /!\[/,
    /\]\(https:\/\/evil/,
    /\]:/,
    /\/\/evil.*:\/\//,
    /www\./,
    /<img/,
    /<!--/,
  ])
    assert.doesNotMatch(body, live);
});

test('what is too large, an archive, or of an earlier attempt is not read', async (t) => {
  for (const [text, why] of [
    [300_000, /comparison\.md has more than 262144 bytes/],
    ['x'.repeat(300_000), /comparison\.md has more than 262144 bytes/],
    ['PK\u0003\u0004zip', /comparison\.md is an archive/],
  ] as const) {
    const fake = await given(t, { ...RESULT, 'comparison.md': text });
    await write(fake);
    assert.match(fake.comments[0]?.body ?? '', why);
    // What says that it is too large is not even fetched.
    assert.equal(fake.downloads.includes('comparison.md'), typeof text === 'number' || text.startsWith('PK'));
    assert.equal(fake.checks[0]?.conclusion, 'neutral');
  }
  const fake = await given(t);
  fake.createdAt = '2026-11-30T05:00:00Z';
  await write(fake);
  assert.equal(fake.checks[0]?.conclusion, 'neutral');
});

test('a text that is longer than a comment is cut, and says so', async (t) => {
  const fake = await given(t, { ...RESULT, 'comparison.md': `${TEXT}<details>\n${'@a '.repeat(30_000)}` });
  await write(fake);
  const body = fake.comments[0]?.body ?? '';
  assert.ok(body.length < 65_536, `${body.length}`);
  assert.match(body, /The same[\s\S]*cut here/);
});

test('what GitHub refuses is named', async (t) => {
  const fake = await given(t);
  const github = new GitHub({ api: fake.api, repository: REPOSITORY, token: 'other' });
  await assert.rejects(writeOutcome(RUN, REPOSITORY, github), /GET \/pulls\/5: GitHub answered 401/);
});
