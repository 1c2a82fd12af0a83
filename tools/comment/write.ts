/** One comment and one check of a pull request, written again with each run. */
import type { WorkflowRun } from '../../config/workflow-run.ts';
import { foundIn } from './found.ts';
import { type GitHub, GitHubError } from './github.ts';
import { pullRequestOf } from './pull-request.ts';
import { MARKER, outcomeOf } from './text.ts';

/** Name of the check: the one that a branch's rules may ask for. */
export const CHECK = 'performance';

interface Comment {
  id: number;
  body?: string;
  user: { type: string } | null;
}

/** What was written, as one line. @throws {Error} one line: nothing may be written there, or GitHub refuses */
export async function writeOutcome(run: WorkflowRun, repository: string, github: GitHub): Promise<string> {
  if (run.event !== 'pull_request')
    throw new Error(
      `event ${run.event} of the run: not pull_request. Only what may only read is commented on.`,
    );
  const number = await pullRequestOf(run, repository, github);
  if (number === undefined)
    return `${run.head_sha}: no open pull request ends with this commit now; nothing is written`;
  const { conclusion, title, text } = outcomeOf(run, repository, await foundIn(run, github));
  await github.call('POST', '/check-runs', {
    name: CHECK,
    head_sha: run.head_sha,
    details_url: run.html_url,
    status: 'completed',
    conclusion,
    output: { title, summary: text },
  });
  await putComment(number, text, github);
  return `pull request ${number}: ${conclusion}. ${title}`;
}

async function putComment(number: number, body: string, github: GitHub): Promise<void> {
  const path = `/issues/${number}/comments`;
  // Anybody can write the marker; a bot's comment is the workflow's.
  const own = (await github.all<Comment>(path)).find(
    ({ body, user }) => user?.type === 'Bot' && body?.startsWith(MARKER),
  );
  if (own) {
    try {
      await github.call('PATCH', `/issues/comments/${own.id}`, { body });
      return;
    } catch (error) {
      // Deleted since it was listed.
      if (!(error instanceof GitHubError && error.status === 404)) throw error;
    }
  }
  await github.call('POST', path, { body });
}
