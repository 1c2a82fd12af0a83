/** docker-compose.load-test.yml, read by Compose itself: what it makes of the file, and of a docker/.env that lacks something. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import { composeCommand, type Done, runWell } from './programs.ts';

const FILE = 'docker/docker-compose.load-test.yml';
const KEPT = ['grafana', 'influxdb', 'prometheus'];
const OF_PROFILE = {
  'stand-in': ['scheduler', 'suite'],
  real: ['backend', 'frontend', 'postgres', 'redis', 'seed', 'suite-real'],
};

export interface Service {
  ports?: Array<{ host_ip?: string; published?: string }>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  network_mode?: string;
  environment?: Record<string, string>;
  volumes?: Array<{ source: string; target: string; read_only?: boolean }>;
  entrypoint?: string[];
  command?: string[];
}

interface Config {
  services: Record<string, Service>;
}

/** A copy of docker/ with a docker/.env of its own, and the checkout that it names. */
class Stack {
  readonly folder = mkdtempSync(join(tmpdir(), 'compose-'));
  readonly #compose = composeCommand();

  constructor() {
    cpSync(join(ROOT, 'docker'), join(this.folder, 'docker'), { recursive: true });
    rmSync(this.#env, { force: true });
    runWell(['sh', join(this.folder, 'docker/new-env.sh')]);
    for (const part of ['backend', 'frontend'])
      mkdirSync(join(this.folder, 'application', part), { recursive: true });
    this.set('SCHEDULER_PATH', '../application');
  }

  get #env(): string {
    return join(this.folder, 'docker/.env');
  }

  get names(): string[] {
    return Object.keys(parse(readFileSync(this.#env)));
  }

  /** Gives what sets it back. */
  set(name: string, value: string): () => void {
    const before = readFileSync(this.#env, 'utf8');
    writeFileSync(this.#env, before.replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`));
    return () => writeFileSync(this.#env, before);
  }

  run(...words: string[]): Done {
    const [program = '', ...first] = this.#compose;
    const { status, stdout, stderr } = spawnSync(program, [...first, '-f', FILE, ...words], {
      cwd: this.folder,
      encoding: 'utf8',
      env: childEnvironment({ COMPOSE_PROFILES: undefined }),
    });
    return { status, output: status === 0 ? stdout : stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Gives what was seen, in a few words. */
export function checkCompose(): string {
  const stack = new Stack();
  try {
    const version = stack.run('version', '--short').output.trim();
    for (const [profile, services] of Object.entries(OF_PROFILE)) checkProfile(stack, profile, services);
    const secrets = stack.names.filter((name) => /(_PASSWORD|_TOKEN|_KEY)$/.test(name));
    for (const secret of secrets) checkMissing(stack, secret);
    return `Compose ${version}: both profiles, and ${secrets.length} secrets each of which is asked for`;
  } finally {
    stack.remove();
  }
}

/** The services of a profile as Compose reads them, with passwords of their own. @param settings of docker/.env */
export function servicesOf(profile: string, settings: Record<string, string> = {}): Config['services'] {
  const stack = new Stack();
  try {
    for (const [name, value] of Object.entries({ ...settings, COMPOSE_PROFILES: profile }))
      stack.set(name, value);
    return readConfig(stack, profile).services;
  } finally {
    stack.remove();
  }
}

function readConfig(stack: Stack, profile: string): Config {
  const { status, output } = stack.run('config', '--format', 'json');
  assert.equal(status, 0, `${profile}: ${output}`);
  // Compose writes `$` so that it could read its output again.
  return JSON.parse(output.replaceAll('$$', '$')) as Config;
}

function checkProfile(stack: Stack, profile: string, own: readonly string[]): void {
  const back = stack.set('COMPOSE_PROFILES', profile);
  const { services } = readConfig(stack, profile);
  back();
  assert.deepEqual(Object.keys(services).sort(), [...KEPT, ...own].sort(), profile);
  for (const [name, { ports = [] }] of Object.entries(services))
    for (const { host_ip, published } of ports)
      assert.equal(host_ip, '127.0.0.1', `${name} publishes ${published}`);
}

/** One line that names it. */
function checkMissing(stack: Stack, secret: string): void {
  const back = stack.set(secret, '');
  const { status, output } = stack.run('config', '--quiet');
  back();
  assert.notEqual(status, 0, `${secret} is empty`);
  assert.equal(output.trim().split('\n').length, 1, output);
  assert.match(output, new RegExp(`${secret} is missing a value: not set\\. Write one into docker/\\.env`));
}
