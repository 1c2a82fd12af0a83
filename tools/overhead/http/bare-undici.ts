/** As little as undici can do: `dispatch` reads each answer to its end and keeps nothing, `request` also its text. */
import { type Dispatcher, Pool } from 'undici';

const [url = '', way, users = '1'] = process.argv.slice(2);
const pool = new Pool(url, { connections: Number(users), pipelining: 1 });
const asked = { path: '/api/v1/people', method: 'GET' } as const;

function dispatch(): Promise<void> {
  return new Promise((done, fail) => {
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {},
      onResponseStart() {},
      onResponseData() {},
      onResponseEnd: () => done(),
      onResponseError: (_, error) => fail(error),
    };
    pool.dispatch(asked, handler);
  });
}

async function request(): Promise<void> {
  const { body } = await pool.request(asked);
  await body.text();
}

const once = way === 'dispatch' ? dispatch : request;
async function user(): Promise<never> {
  for (;;) await once();
}
for (let n = 0; n < Number(users); n += 1) void user();
