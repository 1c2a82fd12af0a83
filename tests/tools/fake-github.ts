/** A server that stands in for GitHub's API: pull requests, comments, checks and artifacts of one repository. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { WorkflowRun } from '../../config/workflow-run.ts';

export const REPOSITORY = 'hospital/scheduler';
export const SHA = 'a'.repeat(40);
export const TOKEN = 'token-of-the-job';

export const RUN: WorkflowRun = {
  id: 77,
  event: 'pull_request',
  conclusion: 'success',
  head_sha: SHA,
  head_branch: 'faster',
  head_repository: { full_name: REPOSITORY, owner: { login: 'hospital' } },
  html_url: `https://github.com/${REPOSITORY}/actions/runs/77`,
  run_started_at: '2026-11-30T06:00:00Z',
  pull_requests: [{ number: 5 }],
};

export interface FakeComment {
  id: number;
  body: string;
  user: { type: string };
}

interface Check {
  name: string;
  head_sha: string;
  conclusion: string;
  output: { title: string; summary: string };
}

export class FakeGitHub {
  pulls = [pull(5)];
  comments: FakeComment[] = [];
  checks: Check[] = [];
  /** Name → text; a number instead of a text: as large, though it announces ten bytes. */
  artifacts: Record<string, string | number> = {};
  createdAt = '2026-11-30T06:05:00Z';
  /** Comments that are gone when they are changed. */
  vanished: number[] = [];
  /** Names of artifacts whose text was asked for. */
  downloads: string[] = [];
  /** Whether the store of artifacts, another host, was sent a token. */
  leakedToken = false;
  api = '';

  /** Listens until the test ends. */
  async listen(t: TestContext): Promise<this> {
    const server = createServer(async (request, response) => {
      const body = await read(request);
      const { status, answer, location } = this.#answer(request, body);
      response.writeHead(status, location ? { location } : {});
      if (typeof answer === 'number')
        for (let sent = 0; sent < answer; sent += 65_536) response.write('x'.repeat(65_536));
      response.end(
        typeof answer === 'number' ? undefined : typeof answer === 'string' ? answer : JSON.stringify(answer),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    t.after(() => {
      server.close();
      server.closeAllConnections();
    });
    this.api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }

  #answer({ method, url = '', headers }: IncomingMessage, body: string) {
    const { pathname, searchParams, port } = new URL(url, this.api || 'http://x');
    const ok = (answer: unknown, status = 200) => ({ status, answer, location: undefined });
    if (pathname.startsWith('/blob/')) {
      this.leakedToken ||= headers.authorization !== undefined;
      return ok(this.artifacts[pathname.slice('/blob/'.length)]);
    }
    if (headers.authorization !== `Bearer ${TOKEN}`) return ok({}, 401);
    const path = pathname.replace(`/repos/${REPOSITORY}`, '');
    const names = Object.keys(this.artifacts);
    const [, number] = /\/(\d+)(?:\/zip)?$/.exec(path) ?? [];
    if (path === '/pulls')
      return ok(this.pulls.filter(({ head }) => searchParams.get('head') === head.label));
    if (path.startsWith('/pulls/'))
      return ok(this.pulls.find((one) => one.number === Number(number)) ?? {}, 200);
    if (path === '/actions/runs/77/artifacts')
      return ok({
        artifacts: names.map((name, id) => ({
          ...{ id, name, expired: false, created_at: this.createdAt },
          size_in_bytes: typeof this.artifacts[name] === 'number' ? 10 : String(this.artifacts[name]).length,
        })),
      });
    if (path.startsWith('/actions/artifacts/')) {
      this.downloads.push(names[Number(number)] ?? '');
      return { status: 302, answer: '', location: `http://localhost:${port}/blob/${names[Number(number)]}` };
    }
    if (path === '/check-runs') {
      this.checks.push(JSON.parse(body));
      return ok({}, 201);
    }
    const { body: text = '' } = body ? JSON.parse(body) : {};
    if (method === 'PATCH') {
      const found = this.comments.find(({ id }) => id === Number(number) && !this.vanished.includes(id));
      if (!found) return ok({}, 404);
      found.body = text;
      return ok(found);
    }
    if (method === 'POST') {
      this.comments.push({ id: 100 + this.comments.length, body: text, user: { type: 'Bot' } });
      return ok({}, 201);
    }
    const from = (Number(searchParams.get('page')) - 1) * 100;
    return ok(this.comments.slice(from, from + 100));
  }
}

/** Of a branch of the repository. */
export function pull(number: number, owner = 'hospital', sha = SHA) {
  return {
    number,
    head: { label: `${owner}:faster`, sha, ref: 'faster', repo: { full_name: `${owner}/scheduler` } },
    base: { repo: { full_name: REPOSITORY } },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
