/**
 * Artillery's own ways to name a target and how to reach it (2.0.34). The suite opens the target itself, by BASE_URL: what
 * another way names would not be tested, and the run would be green for something else.
 */
import { parse } from 'node:path';
import { ConfigError } from '../../config/errors.ts';
import { ProfileMistake } from './profile-mistake.ts';
import type { Script } from './script.ts';

/** Artillery asks for a target. This one means: whatever BASE_URL names, else the embedded scheduler. */
const PLACEHOLDER = 'http://127.0.0.1';

const BY_BASE_URL = 'Name the target by BASE_URL';
const HTTP_OF_SUITE = 'the suite’s own HTTP client does not read it. Take it out';

/** Keys of a script or its `config` that Artillery takes and no session of the suite would heed, each with what to do. */
const UNHEEDED: ReadonlyArray<[path: readonly string[], what: string]> = [
  [['before'], 'Artillery would send it to a target of its own. Take it out; sessions sign in by themselves'],
  [['after'], 'Artillery would send it to a target of its own. Take it out; sessions undo what they change'],
  [['config', 'environments'], `${BY_BASE_URL} or by ENVIRONMENT, an entry of config/environments.yml`],
  [['config', 'tls'], 'Take it out, and set INSECURE_TLS=true where certificates must be taken unchecked'],
  [['config', 'http'], HTTP_OF_SUITE],
  [['config', 'ws'], HTTP_OF_SUITE],
  [['config', 'socketio'], HTTP_OF_SUITE],
  [['config', 'engine'], 'Each scenario names its engine. Take it out'],
  [['config', 'timeout'], HTTP_OF_SUITE],
  [['config', 'defaults'], HTTP_OF_SUITE],
  [
    ['config', 'payload'],
    'Sessions draw their data from the target. Take it out, and name accounts by ACCOUNTS_FILE',
  ],
];

/** Flags of `artillery run` that the suite cannot go by. */
export interface ArtilleryFlags {
  target?: string;
  environment?: string;
  insecure?: boolean;
  payload?: string;
  platform?: string;
  'scenario-name'?: string;
  input?: string[];
}

/**
 * Artillery merges the scripts it is given into one: a run of the last one's name, without the users of the others.
 * @param words of the command line after `run`
 * @throws {ConfigError} one line
 */
export function checkOneScript(flags: ArtilleryFlags, words: readonly string[]): void {
  const values = new Set<unknown>(Object.values(flags).flat());
  const given = words.filter((word) => !word.startsWith('-') && !values.has(word));
  const scripts = [...given, ...(flags.input ?? [])];
  if (scripts.length <= 1) return;
  const names = scripts.map((script) => parse(script).name).join(' ');
  throw new ConfigError(
    `artillery run takes one script here. Run several with \`npx loadtest run ${names}\`.`,
  );
}

/**
 * Makes sure that the script names no target but that of BASE_URL.
 * @param baseUrl that the suite tests; undefined: the embedded scheduler
 * @throws {ProfileMistake} one line: profile, key, what to do
 */
export function checkOwnTarget(script: Script, profile: string, baseUrl: string | undefined): void {
  for (const [path, what] of UNHEEDED) {
    const [first = '', second] = path;
    const within = second === undefined ? script : script.config;
    if ((within as Record<string, unknown>)[second ?? first] === undefined) continue;
    throw new ProfileMistake(`profile ${profile}: ${path.join('.')}: ${lowerFirst(what)}.`, path);
  }
  const { target } = script.config;
  if (!('target' in script.config) || target === PLACEHOLDER || isSame(target, baseUrl)) return;
  throw new ProfileMistake(
    `profile ${profile}: config.target: not what is tested (${baseUrl ?? 'the embedded scheduler'}). ${BY_BASE_URL}, and write target: ${PLACEHOLDER}.`,
    ['config', 'target'],
  );
}

/** As `checkOwnTarget`, of the command line. @throws {ConfigError} one line */
export function checkFlags(flags: ArtilleryFlags, baseUrl: string | undefined): void {
  const refuse = (flag: string, what: string) => {
    throw new ConfigError(`artillery run ${flag}: ${what}.`);
  };
  if (flags.target !== undefined && !isSame(flags.target, baseUrl))
    refuse('--target', `not what is tested (${baseUrl ?? 'the embedded scheduler'}). ${BY_BASE_URL}`);
  if (flags.environment !== undefined)
    refuse('--environment', `an entry of config.environments. ${BY_BASE_URL}, or set ENVIRONMENT`);
  if (flags.insecure) refuse('--insecure', 'set INSECURE_TLS=true');
  if (flags.payload !== undefined) refuse('--payload', 'read by no session. Take it out');
  if (flags.platform !== undefined && flags.platform !== 'local')
    refuse('--platform', 'the suite runs on this machine only. Take it out');
  if (flags['scenario-name'] !== undefined)
    refuse(
      '--scenario-name',
      'the mix of scenarios is the profile’s. Name a profile with that scenario only',
    );
}

function isSame(target: unknown, baseUrl: string | undefined): boolean {
  if (!baseUrl || !URL.canParse(baseUrl) || typeof target !== 'string' || !URL.canParse(target)) return false;
  const { href } = new URL(target);
  return href.replace(/\/+$/, '') === new URL(baseUrl).href.replace(/\/+$/, '');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
