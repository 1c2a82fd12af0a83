/** The programs that `npm run test:containers` needs: those of the machine, else installed where that is possible. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../config/browser.ts';
import { childEnvironment, ROOT, setProcessEnv } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';

/** The newest Compose that `go install` takes: later ones have `exclude` lines. */
const COMPOSE = '2.32.4';
const BIN = join(ROOT, '.cache/bin');
/** Where Go's own instructions put it (https://go.dev/doc/install). */
const GO_HOME = '/usr/local/go/bin';
/** Program → Debian's package. All build and run images without a daemon. */
const PACKAGES = { buildah: 'buildah', podman: 'podman', runc: 'runc', debootstrap: 'debootstrap' };

/** What a command left. */
export interface Done {
  status: number | null;
  /** Standard output and standard error. */
  output: string;
}

/** Runs a command to its end. @param limitMs it is killed after so long */
export function run(command: readonly string[], limitMs = 60_000, cwd = ROOT): Done {
  const [program = '', ...words] = command;
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    cwd,
    encoding: 'utf8',
    env: childEnvironment(),
    maxBuffer: 2 ** 28,
    timeout: limitMs,
    killSignal: 'SIGKILL',
  });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}` };
}

/** As `run`. @throws {ConfigError} with the last lines where it fails */
export function runWell(command: readonly string[], limitMs?: number, cwd?: string): string {
  const { status, output } = run(command, limitMs, cwd);
  if (status === 0) return output;
  const last = output.trim().split('\n').slice(-15).join('\n');
  throw new ConfigError(`${command.slice(0, 4).join(' ')} …: exit code ${status}. It said:\n${last}`);
}

/** @throws {ConfigError} where one is missing and cannot be installed */
export function needPrograms(): void {
  // Debian has some of them where only root looks.
  setProcessEnv({ PATH: `${childEnvironment().PATH}:/usr/local/sbin:/usr/sbin:/sbin` });
  const missing = Object.entries(PACKAGES).filter(([program]) => !findProgram(program));
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  if (process.getuid?.() !== 0 || !findProgram('apt-get'))
    throw new ConfigError(
      `${packages.join(', ')}: not installed. Install them, or run this as root on Debian.`,
    );
  console.log(`installing ${packages.join(', ')} …`);
  runWell(['apt-get', 'update', '-q'], 300_000);
  runWell(['apt-get', 'install', '-q', '-y', '--no-install-recommends', ...packages], 600_000);
}

/** Docker Compose: an installed one, else built by Go into .cache/bin. @throws {ConfigError} without Go */
export function composeCommand(): string[] {
  const docker = findProgram('docker');
  if (docker && run([docker, 'compose', 'version']).status === 0) return [docker, 'compose'];
  const own = join(BIN, 'docker-compose');
  if (existsSync(own)) return [own];
  const go = findProgram('go') ?? findProgram('go', GO_HOME);
  if (!go) throw new ConfigError('docker compose: not installed. Install it, or Go, which builds it.');
  console.log(`building Docker Compose ${COMPOSE} …`);
  mkdirSync(BIN, { recursive: true });
  const build = `github.com/docker/compose/v2/cmd@v${COMPOSE}`;
  const version = `-ldflags=-X github.com/docker/compose/v2/internal.Version=v${COMPOSE}`;
  runWell(['env', `GOBIN=${BIN}`, 'GOFLAGS=', go, 'install', version, build], 1_800_000);
  runWell(['mv', join(BIN, 'cmd'), own]);
  return [own];
}
