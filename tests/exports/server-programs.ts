/**
 * Programs of real servers, got once and kept in `.cache/metric-servers/`: Debian packages, unpacked and not installed, and Prometheus 3
 * by Go, which Debian does not have.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../config/browser.ts';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';

const FOLDER = join(ROOT, '.cache/metric-servers');
/** Where Go's own instructions put it (https://go.dev/doc/install), be it on PATH or not. */
const GO_HOME = '/usr/local/go/bin';
/** Prometheus 3.16, without the clients of every cloud: it finds nothing here, and these are most of the build. */
const PROMETHEUS = ['-tags', 'remove_all_sd', 'github.com/prometheus/prometheus/cmd/prometheus@v0.316.0'];

const PACKAGES = { influxd: 'influxdb', 'victoria-metrics': 'victoria-metrics', prometheus: 'prometheus' };

/** Path of the program. @throws {ConfigError} it cannot be got */
export function program(name: keyof typeof PACKAGES | 'prometheus-3'): string {
  if (name === 'prometheus-3') return prometheus3();
  const own = join(FOLDER, PACKAGES[name], 'usr/bin', name);
  if (existsSync(own)) return own;
  return findProgram(name) ?? unpacked(PACKAGES[name], own);
}

function unpacked(of: string, path: string): string {
  mkdirSync(FOLDER, { recursive: true });
  console.error(`unpacking ${of} into .cache/metric-servers …`);
  // A new machine may have no lists of packages, or old ones.
  if (process.getuid?.() === 0) run('apt-get', ['update', '-q'], of);
  run('apt-get', ['download', of], of);
  const file = readdirSync(FOLDER).find((one) => one.startsWith(`${of}_`) && one.endsWith('.deb'));
  if (file !== undefined) run('dpkg-deb', ['-x', file, of], of);
  if (existsSync(path)) return path;
  throw new ConfigError(`${of}: ${file ?? 'no package'} has no ${path}. Install ${of} yourself.`);
}

/** Some minutes, once. */
function prometheus3(): string {
  const own = join(FOLDER, 'prometheus-3', 'prometheus');
  if (existsSync(own)) return own;
  const go = findProgram('go') ?? findProgram('go', GO_HOME);
  if (!go) throw new ConfigError('Prometheus 3: Go is not there to build it. Install Go and run this again.');
  console.error('building Prometheus 3 into .cache/metric-servers, which takes some minutes …');
  run(go, ['install', ...PROMETHEUS], 'Prometheus 3', { GOBIN: join(FOLDER, 'prometheus-3'), GOFLAGS: '' });
  return own;
}

function run(file: string, words: string[], what: string, settings: Record<string, string> = {}): void {
  mkdirSync(FOLDER, { recursive: true });
  const done = spawnSync(file, words, { cwd: FOLDER, encoding: 'utf8', env: childEnvironment(settings) });
  if (done.status === 0) return;
  const why = done.error?.message ?? done.stderr.trim().split('\n').at(-1);
  throw new ConfigError(`${what}: ${file} ${words.join(' ')} failed (${why}). Install it yourself.`);
}
