/** Runs the images: each container has a network of its own without any way out, or shares that of another. */
import { type Done, run, runWell } from './programs.ts';

const RUN_LIMIT_MS = 900_000;
/** A container may not ask for more than this machine gives. */
const LIMITS = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024'];
/** As docker-compose.load-test.yml has it. */
const LEAST = ['--read-only', '--cap-drop', 'all', '--security-opt', 'no-new-privileges'];

const podman = (...words: string[]) => [
  'podman',
  '--runtime',
  'runc',
  '--cgroup-manager',
  'cgroupfs',
  ...words,
];

export interface Container {
  image: string;
  /** `none`, or the name of a container whose network it shares. */
  network: string;
  user?: string;
  /** Volumes and folders as podman writes them: `name:/path`. */
  volumes?: readonly string[];
  env?: Record<string, string>;
  /** Instead of the image's own. */
  entrypoint?: readonly string[];
  command?: readonly string[];
}

function words({
  image,
  network,
  user = '10001:10001',
  volumes = [],
  env = {},
  entrypoint,
  command = [],
}: Container): string[] {
  return [
    ...[...LIMITS, ...LEAST, '--user', user],
    ...['--network', network === 'none' ? 'none' : `container:${network}`],
    ...volumes.flatMap((volume) => ['--volume', volume]),
    ...(entrypoint ? ['--entrypoint', JSON.stringify(entrypoint)] : []),
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...[image, ...command],
  ];
}

/** To its end; it is gone then. */
export function runContainer(container: Container): Done {
  return run(podman('run', '--rm', ...words(container)), RUN_LIMIT_MS);
}

/** Gives the container's name. @throws {ConfigError} when it does not start */
export function startContainer(name: string, container: Container): string {
  removeContainer(name);
  runWell(podman('run', '--detach', '--name', name, ...words(container)), RUN_LIMIT_MS);
  return name;
}

export function removeContainer(name: string): void {
  run(podman('rm', '--force', '--time', '2', name));
}

/** Sends SIGTERM and waits for its end. Gives the exit code and all that it printed. */
export function stopContainer(name: string, limitS: number): Done {
  run(podman('stop', '--time', String(limitS), name), RUN_LIMIT_MS);
  const status = Number(runWell(podman('inspect', '--format', '{{.State.ExitCode}}', name)));
  return { status, output: logOf(name) };
}

export function logOf(name: string): string {
  return run(podman('logs', name)).output;
}

/** Asks a health check until it says yes. @param test a command inside the container; the image's own where it is absent */
export async function untilHealthy(name: string, test?: readonly string[], limitMs = 60_000): Promise<void> {
  const end = Date.now() + limitMs;
  const asked = test ? podman('exec', name, ...test) : podman('healthcheck', 'run', name);
  while (run(asked).status !== 0) {
    if (Date.now() > end) throw new Error(`${name} is not healthy after ${limitMs} ms: ${logOf(name)}`);
    await new Promise((done) => setTimeout(done, 500));
  }
}

/** Waits until its output has this. */
export async function untilSaid(name: string, text: RegExp, limitMs = 180_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!text.test(logOf(name))) {
    if (Date.now() > end) throw new Error(`${name} did not say ${text} in ${limitMs} ms: ${logOf(name)}`);
    await new Promise((done) => setTimeout(done, 500));
  }
}

export function removeVolumes(...names: string[]): void {
  run(podman('volume', 'rm', '--force', ...names));
}

/** Copies what a volume holds into a folder. */
export function copyVolume(name: string, image: string, folder: string): void {
  const command = ['-c', `tar -C /from -cf - . | tar -C /to -xf -`];
  runWell(
    podman(
      'run',
      '--rm',
      '--user',
      '0:0',
      '--network',
      'none',
      ...LIMITS,
      '--entrypoint',
      'sh',
      '-v',
      `${name}:/from:ro`,
      '-v',
      `${folder}:/to`,
      image,
      ...command,
    ),
  );
}
