/** Commits between two runs, in repositories of their own: whole, shallow, and none. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { suiteCommits } from '../../../compare/suite-commits.ts';
import { temporaryDirectory } from '../../analysis/synthetic-run.ts';

function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
}

test('commits between two runs are listed newest first; what cannot be known is said with why', () => {
  const folder = temporaryDirectory();
  const whole = join(folder, 'whole');
  git(folder, 'init', '--quiet', 'whole');
  const hashes = ['One', 'Two', 'Three'].map((subject) => {
    git(whole, 'commit', '--quiet', '--allow-empty', '-m', subject);
    return git(whole, 'rev-parse', '--short=12', 'HEAD');
  });
  const [one = '', two = '', three = ''] = hashes;
  const found = suiteCommits(one, `${three}, changed`, whole);
  assert.deepEqual([found.n, found.commits.map((line) => line.split(' ')[1])], [2, ['Three', 'Two']]);
  assert.equal(found.missing, undefined);
  assert.equal(suiteCommits(two, two, whole).missing, 'the same commit');
  assert.equal(suiteCommits(two, `${two}, changed`, whole).missing, 'the same commit, with other changes');
  assert.equal(suiteCommits(three, one, whole).missing, 'the later run was made with an older commit');
  assert.equal(suiteCommits(undefined, one, whole).missing, 'the commit of a run is not known');
  assert.equal(suiteCommits('--output=x', one, whole).missing, 'the commit of a run is not known');
  assert.equal(suiteCommits(one, 'deadbeef1234', whole).missing, 'this clone has no commit deadbeef1234');
  git(folder, 'clone', '--quiet', '--depth', '1', `file://${whole}`, 'shallow');
  assert.equal(
    suiteCommits(one, three, join(folder, 'shallow')).missing,
    `this clone has no commit ${one}, for it is shallow: \`git fetch --unshallow\` gets them`,
  );
});
