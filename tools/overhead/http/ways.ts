/** What is compared: each way of sending requests is a program that goes on until it is ended. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../config/environment.ts';
import { artilleryScript, k6Script, suiteScript } from './scripts.ts';

/** What a program is started with. */
export interface Started {
  command: string;
  words: string[];
  /** Variables beside those of the bench itself. */
  env?: Record<string, string>;
}

export interface Way {
  name: string;
  /** A key in the file of all values. */
  key: string;
  start(setting: Setting): Started;
}

export interface Setting {
  url: string;
  /** For all that it writes; nobody reads that. */
  folder: string;
  users: number;
}

const here = (file: string) => new URL(file, import.meta.url).pathname;
const node = (file: string, ...words: string[]): Started => ({
  command: process.execPath,
  words: [here(file), ...words],
});
const artillery = (script: string): Started => ({
  command: process.execPath,
  words: [join(ROOT, 'node_modules/artillery/bin/run'), 'run', '--quiet', script],
});

const SUITE: Way = {
  key: 'suite',
  name: 'this suite’s engine, all recorded',
  start: ({ url, folder, users }) =>
    node('engine.ts', url, mkdtempSync(join(folder, 'run-')), 'often', String(users)),
};

/** Of five requests; enough that signing in and out is no part of the figure to speak of. */
const JOURNEYS = 400;

const RUN: Way = {
  key: 'run',
  name: 'a whole `npx artillery run` of this suite, a real journey',
  start: ({ url, folder, users }) => {
    const accounts = join(folder, 'accounts.yml');
    const one = (n: number) => `- { role: resident, username: resident${n}, password: bench }\n`;
    writeFileSync(accounts, Array.from({ length: 2 * users }, (_, n) => one(n + 1)).join(''));
    return {
      ...artillery(suiteScript(folder, users, join(ROOT, 'artillery/processor.mts'))),
      env: {
        BASE_URL: url,
        API_URL: '',
        ENVIRONMENT: '',
        ACCOUNTS_FILE: accounts,
        REPORTS_DIR: join(folder, 'runs'),
        THINK: '0',
        JOURNEYS: String(JOURNEYS),
        DURATION: '',
        VUS: '',
      },
    };
  },
};

const undici = (way: 'dispatch' | 'request', what: string): Way => ({
  key: `undici ${way}`,
  name: `bare undici, \`${way}\`${what}`,
  start: ({ url, users }) => node('bare-undici.ts', url, way, String(users)),
});

const STOCK: Way = {
  key: 'artillery',
  name: 'stock Artillery, its HTTP engine',
  start: ({ url, folder, users }) => artillery(artilleryScript(folder, url, users)),
};

function k6Ways(k6: string): Way[] {
  const run = ({ url, folder, users }: Setting, ...options: string[]): Started => ({
    command: k6,
    words: ['run', '--quiet', '--no-usage-report', ...options, k6Script(folder, url, users)],
  });
  return [
    { key: 'k6', name: 'k6, one check', start: (setting) => run(setting) },
    {
      key: 'k6 json',
      name: 'k6 with `--out json`, one check',
      start: (setting) => run(setting, '--out', `json=${join(setting.folder, 'k6.json')}`),
    },
  ];
}

/** @param k6 its program; absent: it is left out */
export function waysToSend(k6: string | undefined): Way[] {
  return [
    SUITE,
    RUN,
    ...(k6 === undefined ? [] : k6Ways(k6)),
    STOCK,
    undici('dispatch', ', answers thrown away'),
    undici('request', ' and `text`'),
  ];
}
