/** A user's mistakes in settings. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../../fixtures/accounts.ts';
import { writeAccounts } from '../../artillery/suite-process.ts';
import type { Refused } from '../refused-run.ts';
import { address, type Targets } from './targets.ts';

export interface Mistake extends Refused {
  what: string;
  /** Settings with the mistake; files go to `folder`. */
  settings(folder: string, targets: Targets): Record<string, string>;
  /**
   * Tried with both runners: one mistake for each place where a run can be refused. The others come out of the same
   * places, and are tried with one runner each, in turn.
   */
  both?: true;
}

const GOOD_ACCOUNTS = (folder: string, { scheduler }: Targets) => ({
  ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
});

const SWAPPED: Partial<Record<Account['role'], Account['role']>> = {
  resident: 'faculty',
  faculty: 'resident',
};

export const MISTAKES: Mistake[] = [
  {
    what: 'DURATION=abc',
    both: true,
    settings: () => ({ DURATION: 'abc' }),
    exitCode: 2,
    says: /^DURATION=abc: not a duration; write e\.g\. 30s, 5m or 1h/,
  },
  {
    what: 'VUS=-1',
    settings: () => ({ VUS: '-1' }),
    exitCode: 2,
    says: /^VUS=-1: not a whole number of 1 or more; write e\.g\. 20/,
  },
  {
    what: 'BASE_URL=localhost',
    settings: () => ({ BASE_URL: 'localhost' }),
    exitCode: 2,
    says: /^BASE_URL=localhost: not a URL; write e\.g\. http:\/\/localhost:3000/,
  },
  {
    what: 'BASE_URL that refuses connections',
    both: true,
    settings: (folder, targets) => ({ BASE_URL: targets.refusing, ...GOOD_ACCOUNTS(folder, targets) }),
    exitCode: 4,
    says: /^http:\/\/127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\): start the scheduler there, or fix BASE_URL/,
  },
  {
    what: 'BASE_URL of something else',
    settings: (folder, targets) => ({
      BASE_URL: address(targets.somethingElse),
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 4,
    says: /^http:\S+\/auth\/me answered 200 .*not the scheduler's 401: is BASE_URL \(or API_URL\) the Residency/,
  },
  {
    what: 'BASE_URL of another application with an API of its own',
    both: true,
    settings: (folder, targets) => ({
      BASE_URL: address(targets.likeGrafana),
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 4,
    says: /^http:\S+\/auth\/me answered 401 as another application does \(\{"message":"Unauthorized"\}\), not as the/,
  },
  {
    what: 'pages behind HTTP basic authentication',
    settings: (folder, targets) => ({
      BASE_URL: address(targets.behindBasicAuth),
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 4,
    says: /^http:\S+\/login: asks for HTTP basic authentication .*Set BASIC_AUTH=user:password\.$/,
  },
  {
    what: 'BASIC_AUTH without a colon',
    settings: () => ({ BASIC_AUTH: 'Door-Pass-1' }),
    exitCode: 2,
    says: /^BASIC_AUTH: not a name and a password; write user:password/,
    never: /Door-Pass-1/,
  },
  {
    what: 'an API on another origin that browsers may not use',
    settings: (folder, targets) => ({
      BASE_URL: targets.scheduler.url,
      API_URL: targets.scheduler.apiUrl.replace('127.0.0.1', 'localhost'),
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 2,
    says: /^API: http:\/\/localhost:\S+ is another origin, and a browser does not let http:\S+ use it: OPTIONS is answered 405; Access-/,
  },
  {
    what: 'BASE_URL with a path',
    settings: (folder, targets) => ({
      BASE_URL: `${targets.scheduler.url}/login`,
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 2,
    says: /^BASE_URL=http:\S+\/login: has a path, and the scheduler's pages live at the root of their host; write http:\/\/127\.0\.0\.1:\d+ /,
  },
  {
    what: 'BASE_URL with TLS on a port without it',
    settings: (folder, targets) => ({
      BASE_URL: targets.scheduler.url.replace('http', 'https'),
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 4,
    says: /^https:\S+: it does not speak TLS there \(\w+\): write http:\/\/127/,
  },
  {
    what: 'an ENVIRONMENT that is not in the file',
    settings: (folder, targets) => ({
      ENVIRONMENT: 'stagging',
      BASE_URL: targets.scheduler.url,
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 2,
    says: /^ENVIRONMENT=stagging: not in config\/environments\.yml; did you mean staging\? write embedded, /,
  },
  {
    what: 'production without the flag',
    settings: (folder, targets) => ({
      ENVIRONMENT: 'production',
      BASE_URL: targets.scheduler.url,
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 2,
    says: /^ENVIRONMENT=production is production: it may only be read, .*only with ALLOW_PRODUCTION=true/,
  },
  {
    what: 'production under another name',
    both: true,
    settings: (folder, targets) => ({
      ENVIRONMENT: 'ci',
      BASE_URL: targets.scheduler.url.replace('127.0.0.1', 'localhost'),
      PRODUCTION_URL: targets.scheduler.url,
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 2,
    says: /^BASE_URL=http:\/\/localhost:\d+ is production \(production in config\/environments\.yml\): it may only be read/,
  },
  {
    what: 'more users than production bears',
    settings: (folder, targets) => ({
      ENVIRONMENT: 'production',
      BASE_URL: targets.scheduler.url,
      ALLOW_PRODUCTION: 'true',
      VUS: '6',
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 2,
    says: /^VUS=6: production allows at most 5 users .*; write VUS=5 or less/,
  },
  {
    what: 'a proxy',
    settings: (folder, targets) => ({
      BASE_URL: 'http://scheduler.example.org',
      HTTP_PROXY: 'http://me:Wrong-Secret-1@proxy.example.org',
      ...GOOD_ACCOUNTS(folder, targets),
    }),
    exitCode: 2,
    says: /^(HTTP_PROXY|http_proxy): is set, but browsers and HTTP sessions use no proxy .*; put scheduler\.example\.org into NO_PROXY/,
    never: /Wrong-Secret-1/,
  },
  {
    what: 'an account of another role than the file says',
    settings: (folder, targets) => ({
      BASE_URL: targets.scheduler.url,
      ACCOUNTS_FILE: writeAccounts(
        folder,
        targets.scheduler.accounts.map((one) => ({ ...one, role: SWAPPED[one.role] ?? one.role })),
      ),
    }),
    exitCode: 2,
    says: /^Accounts file \S+accounts\.yml: \S+ is (resident|faculty) on the target, and the file says (resident|faculty); fix its role there/,
  },
  {
    what: 'a wrong password',
    both: true,
    settings: (folder, targets) => ({
      BASE_URL: targets.scheduler.url,
      ACCOUNTS_FILE: writeAccounts(
        folder,
        targets.scheduler.accounts.map((one) =>
          one.role === 'faculty' ? { ...one, password: 'Wrong-Secret-1' } : one,
        ),
      ),
    }),
    exitCode: 2,
    says: /^Accounts file \S+accounts\.yml: faculty \S+: sign-in refused \(answer 401\); fix its name or password/,
    never: /Wrong-Secret-1/,
  },
  {
    what: 'an accounts file that is missing',
    settings: (folder, targets) => ({
      BASE_URL: targets.scheduler.url,
      ACCOUNTS_FILE: join(folder, 'nowhere.yml'),
    }),
    exitCode: 2,
    says: /^ACCOUNTS_FILE=\S+nowhere\.yml: no such file; write the path of a YAML file with the accounts/,
  },
  {
    what: 'an accounts file that is not named',
    settings: () => ({ BASE_URL: 'http://127.0.0.1:9' }),
    exitCode: 2,
    says: /^ACCOUNTS_FILE: missing, and BASE_URL is set; name a YAML file/,
  },
  {
    what: 'an accounts file that is not YAML',
    both: true,
    settings: (folder, targets) => {
      const file = join(folder, 'accounts.yml');
      writeFileSync(file, '- { role: admin\n  password: Wrong-Secret-1\n');
      return { BASE_URL: targets.scheduler.url, ACCOUNTS_FILE: file };
    },
    exitCode: 2,
    says: /^\S+accounts\.yml:\d+: entry 1: not YAML/,
    never: /Wrong-Secret-1/,
  },
  {
    what: 'CHROMIUM_PATH that points nowhere',
    settings: () => ({ CHROMIUM_PATH: '/nowhere/chromium' }),
    exitCode: 2,
    says: /^CHROMIUM_PATH=\/nowhere\/chromium: no such file; write the path of a Chromium/,
  },
  {
    what: 'no browser on the machine',
    both: true,
    settings: () => ({ CHROMIUM_PATH: '', PLAYWRIGHT_BROWSERS_PATH: '/nowhere', PATH: '/nowhere' }),
    exitCode: 2,
    says: /^no browser found: run `npm run setup`, or set CHROMIUM_PATH=\/path\/to\/chromium$/,
  },
  {
    what: 'reports that cannot be written',
    both: true,
    // Nobody makes folders there, root neither.
    settings: () => ({ REPORTS_DIR: '/sys/reports' }),
    exitCode: 2,
    says: /^\/sys\/reports: cannot write reports there \(\w+\); make it writable, or set REPORTS_DIR to a folder that is$/,
  },
];
