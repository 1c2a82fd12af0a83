/** The pull request that a workflow's run belongs to, by what GitHub says: a number in an artifact would be the pull request's own word. */
import type { WorkflowRun } from '../../config/workflow-run.ts';
import type { GitHub } from './github.ts';

interface PullRequest {
  number: number;
  head: { sha: string; ref: string; repo: { full_name: string } | null };
  base: { repo: { full_name: string } };
}

/**
 * Undefined: it has moved on, or was closed, and what was measured is of yesterday.
 * @throws {Error} one line: the run does not belong to the pull request that the event names, or to one alone
 */
export async function pullRequestOf(
  run: WorkflowRun,
  repository: string,
  github: GitHub,
): Promise<number | undefined> {
  const named = run.pull_requests.map(({ number }) => number);
  const head = `${run.head_repository.owner.login}:${run.head_branch}`;
  const listed =
    named.length > 0
      ? await Promise.all(named.map((one) => github.call<PullRequest>('GET', `/pulls/${one}`)))
      : await github.all<PullRequest>(`/pulls?state=open&head=${encodeURIComponent(head)}`);
  const own = listed.filter(
    (one) =>
      one.base.repo.full_name === repository &&
      one.head.repo?.full_name === run.head_repository.full_name &&
      one.head.ref === run.head_branch,
  );
  if (own.length < listed.length)
    throw new Error(
      `pull request ${named.join(', ')}: not of ${head}. Nothing is written to another's pull request.`,
    );
  const current = own.filter(({ head: { sha } }) => sha === run.head_sha);
  if (current.length > 1)
    throw new Error(
      `${head}: has pull requests ${current.map(({ number }) => number).join(', ')}. Close all but one: which was measured is not known.`,
    );
  return current[0]?.number;
}
