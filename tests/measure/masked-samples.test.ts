/** What a page or the target says may hold a password or a token: no sample does. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { maskError, masker } from '../../measure/run/mask.ts';
import { SampleMask } from '../../measure/run/masked-sample.ts';
import { Recorder } from '../../measure/run/recorder.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { emptyFolder, samplesIn, written } from './run-folder.ts';

const PASSWORD = 'Rounds at "07:00"!';
const OPAQUE = 'q7Zk-0pAqu3';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

/** A sample with a text of the target's in it, wherever a sample has one. */
const PLACES: Record<string, (text: string) => Sample> = {
  'console text': (error) => ({ t: 1, kind: 'error', name: 'console error', error, page: '/' }),
  'failed step': (error) => ({ t: 1, kind: 'step', name: 'sign in', value: 1, unit: 'ms', ok: false, error }),
  'name of a step': (name) => ({ t: 1, kind: 'step', name, value: 1, unit: 'ms', ok: true }),
  'failed request': (error) => ({ ...request, ok: false, error }),
  'name of a request': (name) => ({ ...request, name }),
  'where a redirect leads': (redirectTo) => ({ ...request, ok: false, redirectTo }),
  'time of the server': (serverTiming) => ({ ...request, serverTiming }),
  'name of a view': (page) => ({
    t: 1,
    kind: 'event',
    name: 'page-view',
    page,
    data: { id: 's1.1', nav: 'hard', interacted: false, measurable: true, cold: false },
  }),
  'name of a check': (name) => ({ t: 1, kind: 'check', name, ok: true }),
  'failed check': (error) => ({ t: 1, kind: 'check', name: 'is listed', ok: false, error }),
  'failed session': (error) => ({
    t: 1,
    kind: 'session',
    name: 'users',
    value: 1,
    unit: 'ms',
    ok: false,
    started: 0,
    error,
  }),
  'end of a journey': (text) => ({
    t: 1,
    kind: 'journey',
    name: 'read',
    value: 1,
    unit: 'ms',
    ok: true,
    cutShort: { code: 'nothing', text },
  }),
  'step of a request': (step) => ({ ...request, step }),
  'failed step of a journey': (failedStep) => ({
    t: 1,
    kind: 'journey',
    name: 'read',
    value: 1,
    unit: 'ms',
    ok: false,
    failedStep,
  }),
  'data of an event': (how) => ({ t: 1, kind: 'event', name: 'target-died', data: { how } }),
  'failed scrape': (error) => ({ t: 1, kind: 'scrape', name: 'app', ms: 1, error }),
  'attribution of a vital': (element) => ({
    t: 1,
    kind: 'vital',
    name: 'LCP',
    value: 1,
    unit: 'ms',
    nav: 'hard',
    rating: 'good',
    view: 's1.1',
    attribution: { element },
  }),
};

const request = {
  t: 1,
  kind: 'request' as const,
  name: 'people.list',
  class: 'crud' as const,
  method: 'GET',
  status: 500,
  value: 1,
  unit: 'ms' as const,
  ok: true,
};

const TEXTS = {
  'a password': `cannot sign in with ${PASSWORD} now`,
  'a password in JSON': `refused: ${JSON.stringify({ input: PASSWORD })}`,
  'a password in JSON in JSON': JSON.stringify({ body: JSON.stringify({ input: PASSWORD }) }),
  'a password in an address': `/login?p=${encodeURIComponent(PASSWORD)}#top`,
  'a password in an address, with more escapes': `/login?p=${encodeURIComponent(PASSWORD).replace('!', '%21')}`,
  'a password in an address, with + for blanks': `/login?p=${encodeURIComponent(PASSWORD).replaceAll('%20', '+')}`,
  'a password in a form': new URLSearchParams({ p: PASSWORD }).toString(),
  'a password in HTML': `<input value="${PASSWORD.replaceAll('"', '&quot;')}">`,
  'a password in base64': `credentials of ${Buffer.from(PASSWORD).toString('base64')}`,
  'a password in hexadecimal': `read ${Buffer.from(PASSWORD).toString('hex')}`,
  'a password at the end of a shortened text': `${'x'.repeat(150)} ${PASSWORD.slice(0, 9)}`,
  'a token that the page uses': `the token ${OPAQUE} is not accepted`,
  'a JSON Web Token': `jwt malformed: ${JWT}`,
  'one that was cut': `jwt malformed: ${JWT.slice(0, 30)}`,
  'an authorisation header': 'Authorization: Bearer Rounds-opaque',
  'a bearer token': 'sent Bearer Rounds-opaque to the API',
  'a cookie': 'Cookie: session=Rounds-opaque; a=b',
  'an unknown password': '{"detail":"bad","password":"Rounds-opaque"}',
  'a new password of a form': 'newPassword=Rounds-opaque&x=1',
  'a token in a query': 'GET https://h.test/reset?token=Rounds-opaque&a=1: 404',
  'a token in a fragment': 'GET https://h.test/cb#id_token=Rounds-opaque',
  'a code in a query': 'https://h.test/cb?code=Rounds-opaque',
  'a password in a host': 'https://ann:Rounds-opaque@h.test/ refused',
  'a session of a cookie': 'document.cookie is sessionid=Rounds-opaque',
};

function recorderIn(t: TestContext): { recorder: Recorder; folder: string } {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  recorder.hide(PASSWORD);
  recorder.hide(OPAQUE);
  return { recorder, folder };
}

describe('samples', () => {
  for (const [place, sampleOf] of Object.entries(PLACES)) {
    it(`hold no secret: ${place}`, (t) => {
      const { recorder, folder } = recorderIn(t);
      for (const text of Object.values(TEXTS)) recorder.write(sampleOf(text));
      recorder.close();
      const lines = written(folder).trim().split('\n');
      for (const [index, what] of Object.keys(TEXTS).entries()) {
        const line = lines[index] as string;
        assert.match(line, /\(hidden\)/, `${what}: ${line}`);
        for (const part of ['Rounds', 'eyJ', 'Um91bmRz', '526f756e6473', OPAQUE])
          assert.ok(!line.includes(part), `${what}: ${line}`);
      }
      assert.equal(samplesIn(folder).length, Object.keys(TEXTS).length);
    });
  }

  it('without a secret are written as they are', (t) => {
    const { recorder, folder } = recorderIn(t);
    const text = '409 schedule overlaps with 2026-07 (12 cookies, key people, https://h.test/a?page=2)';
    const samples = Object.values(PLACES).map((sampleOf) => sampleOf(text));
    for (const sample of samples) recorder.write(sample);
    recorder.close();
    assert.deepEqual(samplesIn(folder), samples);
  });

  it('hide from now on what was given as a secret after it was written', () => {
    const mask = new SampleMask();
    const text = `opened with ${OPAQUE}`;
    assert.equal(mask.text(text), text);
    mask.hide(OPAQUE);
    assert.equal(mask.text(text), 'opened with (hidden)');
  });

  it('hide the newest thousand secrets, and what is given again is new again', () => {
    const mask = new SampleMask();
    const others = (kind: string) => {
      for (let n = 0; n < 600; n += 1) mask.hide(`${kind}-token-${n}`);
    };
    mask.hide(PASSWORD);
    mask.hide(OPAQUE);
    others('first');
    mask.hide(PASSWORD);
    others('second');
    assert.equal(mask.text(`${PASSWORD} ${OPAQUE}`), `(hidden) ${OPAQUE}`);
  });

  it('are heard by listeners as they are written', (t) => {
    const heard: Sample[] = [];
    const recorder = new Recorder(emptyFolder(t), { onSample: (sample) => heard.push(sample) });
    recorder.hide(PASSWORD);
    recorder.write(PLACES['failed step']?.(PASSWORD) as Sample);
    recorder.close();
    assert.ok(!JSON.stringify(heard).includes('Rounds'));
  });
});

it('of two secrets one of which begins with the other the longer is hidden whole', () => {
  assert.equal(masker(['Winter-24', 'Winter-24-long'])('with Winter-24-long'), 'with (hidden)');
});

it('an error that a runner prints holds no secret, nor does its cause', () => {
  const cause = new Error(`locator.fill: Timeout\nCall log:\n  - fill("${PASSWORD}")`);
  const error = maskError(new Error(`sign in: ${PASSWORD}`, { cause }), masker([PASSWORD]));
  for (const one of [error, cause]) assert.doesNotMatch(`${one.message} ${one.stack}`, /Rounds/);
  assert.match(error.message, /^sign in: \(hidden\)$/);
});

describe('a password that is a number or a common word', () => {
  for (const password of ['1234', '200', 'request', 'resident', '20260701']) {
    const mask = masker([password]);

    it(`takes no word out of a text: ${password}`, () => {
      for (const text of [
        `sign in: request of ${password} failed, ${password} expected`,
        `locator('#row-${password}') of resident 1234`,
        `{"status":${password.replace(/\D/g, '') || 0},"${password}":{"a":1}}`,
      ])
        assert.equal(mask(text), text);
    });

    it(`is hidden where it is one: ${password}`, () => {
      for (const text of [
        `fill("${password}")`,
        JSON.stringify({ value: password }),
        JSON.stringify({ postData: JSON.stringify({ p: password }) }),
        `username=ann&password=${password}`,
        `the password ${password} is not accepted`,
        `wrong password: ${password}`,
      ]) {
        const masked = mask(text);
        assert.ok(!masked.includes(password), masked);
        assert.match(masked, /\(hidden\)/);
      }
    });
  }
});
