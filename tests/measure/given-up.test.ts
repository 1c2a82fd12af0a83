/** Why a page took a request back: its user had left, another request took its place, or it gave up waiting. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Request } from '@playwright/test';
import { GivenUp } from '../../measure/browser/given-up.ts';
import { driverNow } from '../../measure/browser/page-clock.ts';

const LIST = 'http://h.test/api/v1/people';

/** Ages in ms before now; `sent` is when the request was sent that is taken back at 0. */
interface Story {
  sent: number;
  acted?: number;
  view?: number;
  elsewhere?: number;
  /** Another request, and what it asks for. */
  other?: { sent: number; url?: string; body?: string; method?: string };
  url?: string;
  body?: string;
}

function asked(method = 'GET', url = LIST, body: string | null = null): Request {
  return { method: () => method, url: () => url, postData: () => body } as unknown as Request;
}

/** Everything happens in the order of time, before the request is taken back. */
function isGivenUp({ sent, acted, view, elsewhere, other, url, body }: Story): Promise<boolean> {
  const now = driverNow();
  const givenUp = new GivenUp();
  const request = asked(body === undefined ? 'GET' : 'POST', url, body);
  givenUp.sent(request, now - sent);
  if (acted !== undefined) givenUp.acted(now - acted);
  if (elsewhere !== undefined) givenUp.wentElsewhere(now - elsewhere);
  if (view !== undefined) givenUp.viewBegan(now - view);
  if (other) {
    const another = asked(other.method ?? request.method(), other.url ?? request.url(), other.body ?? body);
    givenUp.sent(another, now - other.sent);
  }
  givenUp.end();
  return givenUp.isGivenUp(request, now - sent, now);
}

const GIVEN_UP: Record<string, Story> = {
  'nothing else happens': { sent: 5000 },
  'a short time-out': { sent: 200 },
  'the user acts on the view': { sent: 5000, acted: 400 },
  'the view began with it': { sent: 5000, view: 5001 },
  'its click has led on at once': { sent: 5000, acted: 5005, view: 4990 },
  'the page shows an error at another path': { sent: 5000, acted: 5005, view: -5 },
  'the user left before it was sent': { sent: 5000, elsewhere: 5100 },
  'the page tries again': { sent: 5000, other: { sent: -1 } },
  'the page tries again what it had sent by POST': { sent: 5000, body: '{}', other: { sent: -1 } },
  'another operation is asked for by the page': {
    sent: 5000,
    acted: 1000,
    other: { sent: 0, url: 'http://h.test/api/v1/x' },
  },
  'the same is asked for in another way': { sent: 5000, acted: 20, other: { sent: 0, method: 'POST' } },
  'the other one was sent long before': { sent: 5000, acted: 20, other: { sent: 4000 } },
};

const CANCELLED: Record<string, Story> = {
  'the user follows a link': { sent: 5000, acted: 100, view: 60 },
  'the view changes a moment later': { sent: 5000, acted: 100, view: -100 },
  'the user had left long before': { sent: 5000, acted: 4000, view: 3900 },
  'the address bar is used': { sent: 5000, elsewhere: 300 },
  'the back button is used': { sent: 5000, elsewhere: 5, view: -10 },
  'the page sends its user on at once': { sent: 300, view: 0 },
  'the user types on': { sent: 5000, acted: 20, other: { sent: 0, url: `${LIST}?q=ab` }, url: `${LIST}?q=a` },
  'the user types on, and the page waits a little': {
    sent: 900,
    acted: 310,
    other: { sent: -1, url: `${LIST}?q=ab` },
  },
  'the same is typed again': { sent: 5000, acted: 20, other: { sent: 0 } },
  'another page of the list is asked for': { sent: 5000, other: { sent: 5, url: `${LIST}?page=2` } },
  'another search is sent by POST': { sent: 5000, body: '{"q":"a"}', other: { sent: 5, body: '{"q":"ab"}' } },
  'another tab is clicked, whose data is asked for': {
    sent: 5000,
    acted: 20,
    other: { sent: 0, url: 'http://h.test/api/v1/x' },
  },
  'an effect runs twice': { sent: 30, other: { sent: 0 } },
};

for (const [what, story] of Object.entries(GIVEN_UP)) {
  test(`given up by the page: ${what}`, async () => assert.equal(await isGivenUp(story), true));
}
for (const [what, story] of Object.entries(CANCELLED)) {
  test(`taken back with its user: ${what}`, async () => assert.equal(await isGivenUp(story), false));
}

test('what takes its place, or leads its user away, may be heard of later', async () => {
  const now = driverNow();
  for (const hear of [
    (givenUp: GivenUp) => givenUp.sent(asked('GET', `${LIST}?q=ab`)),
    (givenUp: GivenUp) => givenUp.viewBegan(),
  ]) {
    const givenUp = new GivenUp();
    givenUp.acted(now - 10);
    const decided = givenUp.isGivenUp(asked(), now - 5000, driverNow());
    setTimeout(() => hear(givenUp), 20);
    assert.equal(await decided, false);
  }
});

test('with the session what is not known is decided', async () => {
  const givenUp = new GivenUp();
  const begun = driverNow();
  const decided = givenUp.isGivenUp(asked(), begun - 5000, begun);
  givenUp.end();
  assert.equal(await decided, true);
  assert.ok(driverNow() - begun < 500);
});
