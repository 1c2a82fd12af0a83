/** A rate limit is crossed on purpose: what is right about it passes, and each thing that is wrong is found. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiAnswer } from '../../api/client/api-client.ts';
import { cross, type Limit, untilOver } from '../../api/journeys/parts/crossing.ts';

interface Target {
  /** Requests let through. */
  lets: number;
  /** How often it refuses again although it said that it was over. */
  goesOn?: number;
  /** When the run is over, s. */
  ends?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

const HEADERS = { 'retry-after': '60', 'x-ratelimit-remaining': '0', 'x-ratelimit-limit': '5' };
const AUTH_BODY = {
  detail: {
    error: 'Rate limit exceeded',
    message: 'Too many requests. Please try again in 60 seconds.',
    limit: 5,
    remaining: 0,
  },
};

const WELL = { failed: [], again: 0, cut: undefined };

/** The names of checks that failed, how long was waited in all, and what else was said. */
async function crossed({ lets, goesOn = 0, ends, headers = HEADERS, body = AUTH_BODY }: Target) {
  const failed: string[] = [];
  let waited = 0;
  let again = 0;
  let cut: string | undefined;
  const tools = {
    check: (name: string, ok: boolean) => void (ok || failed.push(name)),
    count: (_name: string, howMany = 1) => {
      again += howMany;
    },
    cutShort: ({ code }: { code: string }) => {
      cut = code;
    },
    ends: ends === undefined ? undefined : Date.now() + ends * 1000,
    wait: async (ms: number) => {
      waited += ms;
      waits += 1;
    },
  };
  let waits = 0;
  let sent = 0;
  const limit: Limit = {
    name: 'sign-ins',
    allowed: 5,
    kind: 'auth',
    send: async () => {
      sent += 1;
      const refuses = waits === 0 ? sent > lets : waits <= goesOn;
      const answer = { status: refuses ? 429 : 401, ok: true, data: refuses ? body : {}, headers };
      return answer as unknown as ApiAnswer<unknown>;
    },
  };
  await untilOver(tools, [await cross(tools, limit)]);
  return { failed, seconds: Math.round(waited / 1000), sent, again, cut };
}

test('five are let through, the sixth is refused as it should be, and after a minute the next is not', async () => {
  assert.deepEqual(await crossed({ lets: 5 }), { ...WELL, seconds: 60, sent: 7 });
});

test('a refusal that comes too soon, too late or never', async () => {
  const wrongCount = ['sign-ins: refused at the limit'];
  assert.deepEqual((await crossed({ lets: 4 })).failed, wrongCount);
  assert.deepEqual(await crossed({ lets: 6 }), { ...WELL, failed: wrongCount, seconds: 0, sent: 6 });
});

test('a refusal that does not say when it is over, what is left, or which limit it is', async () => {
  const { 'retry-after': _, ...others } = HEADERS;
  assert.deepEqual((await crossed({ lets: 5, headers: others })).failed, [
    'sign-ins: refusal announces its end',
  ]);
  const left = { detail: { ...AUTH_BODY.detail, remaining: 3 } };
  assert.deepEqual((await crossed({ lets: 5, body: left })).failed, [
    'sign-ins: refusal reports none remaining',
  ]);
  const other = { detail: { ...AUTH_BODY.detail, limit: 9 } };
  assert.deepEqual((await crossed({ lets: 5, body: other })).failed, ['sign-ins: refusal names the limit']);
});

test('a refusal that goes on after it said it would be over', async () => {
  const { failed } = await crossed({ lets: 5, goesOn: 2 });
  assert.deepEqual(failed, ['sign-ins: refusal ends when announced']);
});

test('a target that counts refused requests is waited for once more, and it is said of it', async () => {
  const once = await crossed({ lets: 5, goesOn: 1 });
  assert.deepEqual(once, { ...WELL, seconds: 120, sent: 8, again: 1 });
});

test('what outlasts the run is not waited for', async () => {
  const outlasts = { ...WELL, seconds: 0, sent: 6, cut: 'limit-outlasts-run' };
  assert.deepEqual(await crossed({ lets: 5, ends: 65 }), outlasts);
});

test('headers of another limiter do not make the wait shorter', async () => {
  const overwritten = { ...HEADERS, 'retry-after': '7', 'x-ratelimit-remaining': '195' };
  assert.deepEqual(await crossed({ lets: 5, headers: overwritten }), { ...WELL, seconds: 60, sent: 7 });
});
