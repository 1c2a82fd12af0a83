import type { Environment } from '../../config/environment.ts';
import { basicAuthHeader } from '../../measure/target/connection.ts';
import type { Target } from '../../measure/target/target.ts';
import { asker } from './ask.ts';
import { browserTrustChecks } from './browser-trust.ts';
import type { Check } from './check.ts';
import { crossOriginCheck } from './cross-origin.ts';

/** `Date` has whole seconds, and an answer takes its time: only more than this is a skew. */
const MOST_SKEW_MS = 5000;
/** What only a development server sends: Next.js's development bundles, Vite's client, React's refresh runtime. */
const DEVELOPMENT =
  /_next\/static\/development\/|\/_next\/static\/chunks\/[\w-]+\.js\?v=\d|@vite\/client|react-refresh|webpack-hmr/;

/** @param hasBrowser browsers take part: what only they refuse matters */
export async function targetChecks(
  target: Target,
  environment: Environment,
  hasBrowser = true,
): Promise<Check[]> {
  const ask = asker(environment.insecureTls);
  const login = await ask(`${target.url}/login`, 'GET', basicAuthHeader(environment.basicAuth));
  const me = await ask(`${target.apiUrl}/auth/me`);
  return [
    { what: 'target', state: 'ok', seen: `${target.url} answers and is the scheduler` },
    ...basicAuth(target, environment),
    version(target.facts.version),
    build(login.text),
    ...(hasBrowser ? [await crossOriginCheck(ask, target)] : []),
    clock(me.header('date'), me.at),
    ...(hasBrowser ? await browserTrustChecks(target, environment) : []),
  ];
}

function basicAuth({ url }: Target, environment: Environment): Check[] {
  if (!environment.basicAuth) return [];
  const seen = `BASIC_AUTH is sent to ${new URL(url).origin} only`;
  return [{ what: 'basic authentication', state: 'warn', seen: `${seen}; browsers then keep no cache` }];
}

function version(told: string | undefined): Check {
  return {
    what: 'version',
    state: 'ok',
    seen:
      told ??
      'the target does not name its version; set TARGET_VERSION, or name it by LABEL, to know runs apart',
  };
}

function build(html: string): Check {
  return DEVELOPMENT.test(html)
    ? {
        what: 'build',
        state: 'fail',
        seen: 'the pages come from a development server: it compiles a page when it is first opened, so its times are not those of users',
        mend: 'build the front end (`npm run build`) and start that (`npm start`)',
      }
    : { what: 'build', state: 'ok', seen: 'a production build' };
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
