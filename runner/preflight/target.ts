import { request } from 'undici';
import type { Environment } from '../../config/environment.ts';
import { dispatcherFor } from '../../measure/target/connection.ts';
import type { Target } from '../../measure/target/target.ts';
import type { Check } from './check.ts';

const LIMIT_MS = 15_000;
/** `Date` has whole seconds, and an answer takes its time: only more than this is a skew. */
const MOST_SKEW_MS = 5000;
/** What only a development server sends: Next.js's development bundles, Vite's client, React's refresh runtime. */
const DEVELOPMENT =
  /_next\/static\/development\/|\/_next\/static\/chunks\/[\w-]+\.js\?v=\d|@vite\/client|react-refresh|webpack-hmr/;

export async function targetChecks(target: Target, environment: Environment): Promise<Check[]> {
  const ask = asker(environment.insecureTls);
  const login = await ask(`${target.url}/login`);
  const me = await ask(`${target.apiUrl}/auth/me`);
  return [
    { what: 'target', state: 'ok', seen: `${target.url} answers and is the scheduler` },
    version(target.facts.version),
    build(login.text),
    await origin(ask, target),
    clock(me.date, me.at),
  ];
}

function asker(insecureTls: boolean) {
  const dispatcher = dispatcherFor(insecureTls);
  return async (url: string, method: 'GET' | 'OPTIONS' = 'GET', headers: Record<string, string> = {}) => {
    const signal = AbortSignal.timeout(LIMIT_MS);
    const answer = await request(url, {
      method,
      headers,
      signal,
      reset: true,
      ...(dispatcher && { dispatcher }),
    });
    return {
      status: answer.statusCode,
      text: await answer.body.text(),
      date: String(answer.headers.date ?? ''),
      allows: String(answer.headers['access-control-allow-origin'] ?? ''),
      at: Date.now(),
    };
  };
}

type Ask = ReturnType<typeof asker>;

function version(told: string | undefined): Check {
  return {
    what: 'version',
    state: 'ok',
    seen: told ?? 'the target does not tell; set TARGET_VERSION, or name it by LABEL, to know runs apart',
  };
}

function build(html: string): Check {
  return DEVELOPMENT.test(html)
    ? {
        what: 'build',
        state: 'fail',
        seen: 'the pages come from a development server: it compiles when first asked, which is not latency',
        mend: 'build the front end (`npm run build`) and start that (`npm start`)',
      }
    : { what: 'build', state: 'ok', seen: 'a production build' };
}

async function origin(ask: Ask, { url, apiUrl }: Target): Promise<Check> {
  const pages = new URL(url).origin;
  const api = new URL(apiUrl).origin;
  if (api === pages) return { what: 'API', state: 'ok', seen: `${apiUrl}, the origin of the pages` };
  const { allows } = await ask(`${apiUrl}/auth/me`, 'OPTIONS', {
    origin: pages,
    'access-control-request-method': 'GET',
  });
  return allows === pages || allows === '*'
    ? { what: 'API', state: 'ok', seen: `${apiUrl}, another origin, which lets the pages in (CORS)` }
    : {
        what: 'API',
        state: 'fail',
        seen: `${apiUrl} is another origin and does not let ${pages} in`,
        mend: `add ${pages} to CORS_ORIGINS of the target, or mend API_URL`,
      };
}

function clock(date: string, at: number): Check {
  const theirs = Date.parse(date);
  if (Number.isNaN(theirs)) return { what: 'clock', state: 'warn', seen: 'the target sends no Date' };
  const skew = Math.abs(at - theirs);
  const seen = `${(skew / 1000).toFixed(0)} s apart from the target`;
  return skew <= MOST_SKEW_MS
    ? { what: 'clock', state: 'ok', seen: 'agrees with the target' }
    : {
        what: 'clock',
        state: 'warn',
        seen,
        mend: 'set both by NTP: dates of what is entered are this machine’s',
      };
}
