import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { ApiFailure } from '../../api/client/failure.ts';
import * as auth from '../../api/operations/auth.ts';
import type { JourneyTools } from '../../flows/journey.ts';
import wrongPassword from '../../flows/visitor/check-a-wrong-password-is-rejected.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { type SignInPace, signInPace, takeTurn, waitToSignIn } from '../../measure/session/sign-in-pace.ts';
import { isInterruption } from '../../measure/steps/failure.ts';
import { countedFor, noteSignIn } from '../../measure/target/unpaced-sign-ins.ts';
import { signInPatiently } from '../../runner/preflight/sign-in-patiently.ts';
import { untilNotCounted } from '../../runner/preflight/sign-ins-before.ts';

test('however many come at once, no minute holds more sign-ins than the limit', () => {
  const pace = signInPace(5, 0);
  const moments = Array.from({ length: 40 }, () => takeTurn(pace, 0));
  for (const from of moments) {
    // The first of them may come seconds late, and the target's minute begins at a whole second.
    const inMinute = moments.filter((moment) => moment >= from && moment <= from + 65_000).length;
    assert.ok(inMinute <= 5, `${inMinute} from ${from} ms on`);
  }
  // The check before the run has signed in as well: it counts.
  assert.ok((moments[0] as number) >= 12_000);
  assert.ok((moments[39] as number) < 40 * 13_500, 'and no longer than needed');
});

test('who comes late waits for nobody', () => {
  const pace = signInPace(5, 0);
  assert.equal(takeTurn(pace, 100_000), 0);
  assert.equal(takeTurn(pace, 200_000), 0);
  assert.ok(takeTurn(pace, 200_000) > 12_000);
});

test('threads take their turns from the same place', async () => {
  const pace = signInPace(60, 0);
  const code = `
    const { workerData, parentPort } = require('node:worker_threads');
    import(workerData.module).then(({ takeTurn }) => {
      parentPort.postMessage(Array.from({ length: 200 }, () => takeTurn(workerData.pace, 0)));
    });`;
  const module = new URL('../../measure/session/sign-in-pace.ts', import.meta.url).href;
  const turns = await Promise.all(
    [1, 2].map(
      () =>
        new Promise<number[]>((done, fail) => {
          const worker = new Worker(code, { eval: true, workerData: { pace, module } });
          worker.once('message', done);
          worker.once('error', fail);
        }),
    ),
  );
  assert.equal(new Set(turns.flat()).size, 400);
});

test('the wait is written down; the end of the run ends it', async () => {
  const written: Sample[] = [];
  const soon: SignInPace = { next: new SharedArrayBuffer(8), intervalMs: 60_000 };
  await waitToSignIn(soon, (sample) => written.push(sample));
  await waitToSignIn(undefined, () => assert.fail('nothing is paced'));
  assert.deepEqual(
    written.map((sample) => [sample.name, (sample as { data?: object }).data]),
    [['sign-in-paced', { ms: 0 }]],
  );
  const stopping = new AbortController();
  const waiting = waitToSignIn(soon, (sample) => written.push(sample), stopping.signal);
  stopping.abort();
  await assert.rejects(waiting, isInterruption);
  assert.equal(written.length, 1, 'who never signed in has not waited');
});

test('a wrong password counts at the target: it waits for its turn as well', async () => {
  const done: string[] = [];
  const app = {
    login: { open: () => undefined, beRefused: () => done.push('submitted') },
  };
  await wrongPassword.run({
    app,
    step: (_name: string, work: () => unknown) => work(),
    think: () => undefined,
    data: { unique: (words: string) => words },
    turnToSignIn: async () => void done.push('its turn'),
  } as unknown as JourneyTools);
  assert.deepEqual(done, ['its turn', 'submitted']);
});

test('a sign-in that is counted waits for the next minute, once more, and then says that it is refused', async (t) => {
  const said = t.mock.method(console, 'log', () => undefined);
  const signIn = async (refusals: number, status = 429) => {
    let [tried, waited] = [0, 0];
    const api = {
      signIn: async () => {
        tried += 1;
        if (tried <= refusals) throw new ApiFailure(auth.login, status, 'refused');
        return {};
      },
    };
    const pause = async (ms: number) => {
      waited += ms;
    };
    const signingIn = signInPatiently(api, { username: 'ann', password: 'x' }, undefined, pause);
    const outcome = await signingIn.then(
      () => 'in',
      (error: ApiFailure) => error.status,
    );
    return [outcome, waited];
  };
  assert.deepEqual(await signIn(0), ['in', 0]);
  assert.deepEqual(await signIn(2), ['in', 122_000]);
  assert.deepEqual(await signIn(3), [429, 122_000], 'a lock may last for an hour');
  assert.deepEqual(await signIn(1, 401), [401, 0]);
  assert.equal(said.mock.callCount(), 4);
});

test('a paced run waits while the target still counts the sign-ins of a command before it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sign-ins-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const said = t.mock.method(console, 'log', () => undefined);
  const here = 'http://127.0.0.1:9/api/v1';
  assert.equal(countedFor(here, folder), 0);
  noteSignIn(here, folder);
  assert.ok(countedFor(here, folder) > 55_000);
  assert.equal(countedFor(here, folder, Date.now() + 62_000), 0);
  assert.equal(countedFor('http://127.0.0.1:8/api/v1', folder), 0, 'another target');
  await untilNotCounted(here, folder, () => true);
  assert.match(
    String(said.mock.calls[0]?.arguments[0]),
    /^before the run: waiting \d+ s, until the target no longer/,
  );
  assert.doesNotThrow(() => noteSignIn(here, '/dev/null/nowhere'), 'a folder that may only be read');
});
