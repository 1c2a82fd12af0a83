/** What an action of GitHub is given when another workflow's run has ended. It has no packages: this imports none. */
import { readFileSync } from 'node:fs';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_run: GitHub's word, not the pull request's. */
export interface WorkflowRun {
  id: number;
  /** What started it, e.g. `pull_request`. */
  event: string;
  conclusion: string;
  head_sha: string;
  head_branch: string;
  head_repository: { full_name: string; owner: { login: string } };
  html_url: string;
  run_started_at: string;
  /** Empty for a pull request from a fork. */
  pull_requests: { number: number }[];
}

export interface GivenWorkflowRun {
  run: WorkflowRun;
  /** `owner/name` of the repository that the workflow is in. */
  repository: string;
  /** Without a slash at the end. */
  api: string;
  token: string;
}

/** @throws {Error} one line: it was not started by such an event, or has no token */
export function givenWorkflowRun(source: Record<string, string | undefined> = process.env): GivenWorkflowRun {
  const { GITHUB_EVENT_NAME, GITHUB_EVENT_PATH = '', GITHUB_REPOSITORY = '' } = source;
  if (GITHUB_EVENT_NAME !== 'workflow_run')
    throw new Error(
      `event ${GITHUB_EVENT_NAME}: not workflow_run. Use this action in a workflow of that event.`,
    );
  const token = source.INPUT_TOKEN;
  if (!token) throw new Error('token: missing. Leave the input out, or name one that may write comments.');
  const { workflow_run: run } = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8'));
  return {
    run,
    repository: GITHUB_REPOSITORY,
    api: source.GITHUB_API_URL ?? 'https://api.github.com',
    token,
  };
}
