/** Servers for tests: in this process, or as the process that users start. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../config/environment.ts';
import { createApp } from '../../fixtures/scheduler/server/app.ts';
import { PASSWORD } from '../../fixtures/scheduler/server/seed.ts';
import { readSettings } from '../../fixtures/scheduler/server/settings.ts';
import { createWorld, type World } from '../../fixtures/scheduler/server/world.ts';

export const MAIN = fileURLToPath(new URL('../../fixtures/scheduler/main.ts', import.meta.url));

/** Small data, cheap passwords, a fixed Monday, no pages. */
export const QUICK = {
  SCHEDULER_SIZE: 'small',
  SCHEDULER_PASSWORD_COST_MS: '1',
  SCHEDULER_TODAY: '2026-11-23',
  SCHEDULER_PAGES: 'off',
};

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  text: string;
  json: T;
  /** Until the last byte, ms. */
  ms: number;
}

export interface Options {
  body?: unknown;
  headers?: Record<string, string>;
  token?: string;
}

export async function call<T = Record<string, unknown>>(
  url: string,
  method = 'GET',
  { body, headers = {}, token }: Options = {},
): Promise<Answer<T>> {
  const start = performance.now();
  const form = body instanceof URLSearchParams;
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined || form ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: form ? body : body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: (isJson && text ? JSON.parse(text) : {}) as T,
    ms: performance.now() - start,
  };
}

export interface Running {
  url: string;
  api: string;
  world: World;
}

/** A server in this process, stopped after the test. */
export async function start(
  context: TestContext,
  env: Record<string, string> = {},
  site?: string,
): Promise<Running> {
  const world = createWorld(readSettings({ ...QUICK, ...env }));
  const app = await createApp(world, site);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  context.after(() => app.close());
  return { url, api: `${url}/api/v1`, world };
}

export interface Pair {
  access_token: string;
  refresh_token: string;
  token_type: string;
}

export function signIn(api: string, username: string, password = PASSWORD): Promise<Answer<Pair>> {
  return call<Pair>(`${api}/auth/login`, 'POST', { body: new URLSearchParams({ username, password }) });
}

export async function token(api: string, username: string): Promise<string> {
  return (await signIn(api, username)).json.access_token;
}

export interface Ready {
  type: 'ready';
  url: string;
  accounts: Array<{ role: string; username: string; password: string }>;
}

/** The server as a process of its own, stopped after the test. */
export async function startProcess(
  context: TestContext,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; ready: Ready }> {
  const child = fork(MAIN, {
    env: { ...childEnvironment(), PORT: '0', ...QUICK, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  context.after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [ready] = (await once(child, 'message')) as [Ready];
  return { child, ready };
}

export interface Row {
  id: string;
  name: string;
  [field: string]: unknown;
}
export interface List {
  items: Row[];
  total: number;
}

/** A server of its own for the test, asked as one user. */
export async function as(t: TestContext, username: string, env: Record<string, string> = {}) {
  const running = await start(t, env);
  const access = await token(running.api, username);
  return {
    ...running,
    ask: <T = Record<string, unknown>>(method: string, path: string, body?: unknown, options: Options = {}) =>
      call<T>(running.api + path, method, { token: access, body, ...options }),
  };
}
