/** Builds the images without a daemon, in a store of its own under .cache/. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, setProcessEnv } from '../../config/environment.ts';
import { type Done, run, runWell } from './programs.ts';

const STORE = join(ROOT, '.cache/containers');
const BUILD_LIMIT_MS = 3_600_000;
const PULL_LIMIT_MS = 300_000;
const MIRROR = 'http://deb.debian.org/debian';
const CERTIFICATES = 'etc/ssl/certs/ca-certificates.crt';

export const SUITE = 'residency-loadtest';
export const STAND_IN = 'residency-stand-in';
const FILES = { [SUITE]: 'docker/Dockerfile', [STAND_IN]: 'docker/Dockerfile.scheduler' };

/** All of podman and buildah works in a store of the tests' own: the machine's images stay as they are. */
export function useOwnStore(): void {
  mkdirSync(STORE, { recursive: true });
  const file = join(STORE, 'storage.conf');
  const driver = canOverlay() ? 'overlay' : 'vfs';
  writeFileSync(
    file,
    `[storage]\ndriver = "${driver}"\nrunroot = "${STORE}/run"\ngraphroot = "${STORE}/${driver}"\n`,
  );
  setProcessEnv({ CONTAINERS_STORAGE_CONF: file });
}

function canOverlay(): boolean {
  const folder = mkdtempSync(join(STORE, 'try-'));
  for (const name of ['lower', 'upper', 'work', 'all']) mkdirSync(join(folder, name));
  const options = `lowerdir=${folder}/lower,upperdir=${folder}/upper,workdir=${folder}/work`;
  const { status } = run(['mount', '-t', 'overlay', 'overlay', '-o', options, `${folder}/all`]);
  if (status === 0) run(['umount', `${folder}/all`]);
  rmSync(folder, { recursive: true });
  return status === 0;
}

/**
 * The images that the Dockerfiles begin with: from their registry, or where none is in reach made of Debian's packages and
 * the Node of this project, under the same names.
 * @returns which of the two it was, as a clause
 */
export function baseImages(): string {
  const text = readFileSync(join(ROOT, FILES[SUITE]), 'utf8');
  const node = /^ARG NODE=(.*)$/m.exec(text)?.[1];
  const debian = 'docker.io/library/debian:bookworm-slim';
  const withNode = `docker.io/library/node:${node}-bookworm-slim`;
  const isThere = (image: string) => run(['podman', 'image', 'exists', image]).status === 0;
  const own = join(STORE, 'own-base');
  if (isThere(debian) && isThere(withNode)) return existsSync(own) ? MADE : PULLED;
  const pulled = [debian, withNode].every(
    (image) => run(['buildah', 'pull', '-q', image], PULL_LIMIT_MS).status === 0,
  );
  if (pulled) return PULLED;
  console.log('no registry of images in reach: making a base image of Debian’s packages …');
  makeBase(debian, withNode);
  writeFileSync(own, '');
  return MADE;
}

const PULLED = 'base images as their registry has them';
const MADE = 'base images made here of Debian’s packages, as no registry is in reach';

function makeBase(debian: string, withNode: string): void {
  const root = mkdtempSync(join(STORE, 'root-'));
  runWell(
    ['debootstrap', '--variant=minbase', '--include=ca-certificates', 'bookworm', root, MIRROR],
    1_200_000,
  );
  runWell([
    'sh',
    '-c',
    `rm -rf ${root}/var/cache/apt/* ${root}/var/lib/apt/lists/* && mkdir -p ${root}/var/cache/apt/archives/partial`,
  ]);
  // Where the machine has its packages and trust from, the image has them from.
  cpSync(join('/', CERTIFICATES), join(root, CERTIFICATES));
  cpSync('/etc/apt/sources.list.d', join(root, 'etc/apt/sources.list.d'), { recursive: true });
  if (existsSync(join(root, 'etc/apt/sources.list.d/debian.sources')))
    writeFileSync(join(root, 'etc/apt/sources.list'), '');
  const container = runWell(['buildah', 'from', 'scratch']).trim();
  const buildah = (...words: string[]) => runWell(['buildah', ...words], 600_000);
  buildah('add', '-q', container, root, '/');
  rmSync(root, { recursive: true });
  const trust = ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'npm_config_cafile'].flatMap((name) => [
    '--env',
    `${name}=/${CERTIFICATES}`,
  ]);
  const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  buildah('config', ...trust, '--env', path, '--cmd', 'bash', container);
  buildah('commit', '-q', container, debian);
  const npm = runWell(['sh', '-c', 'dirname "$(dirname "$(readlink -f "$(command -v npm)")")"']).trim();
  buildah('copy', '-q', container, join(ROOT, 'node_modules/node/bin/node'), '/usr/local/bin/node');
  buildah('copy', '-q', container, npm, '/usr/local/lib/node_modules/npm');
  const link =
    'for name in npm npx; do ln -s ../lib/node_modules/npm/bin/$name-cli.js /usr/local/bin/$name; done';
  buildah('run', '--isolation', 'chroot', container, 'sh', '-c', link);
  buildah('commit', '-q', container, withNode);
  buildah('rm', container);
}

/** Builds one of them from this folder. @throws {ConfigError} */
export function buildImage(image: keyof typeof FILES): void {
  runWell([...bud(image), '-t', image, ROOT], BUILD_LIMIT_MS);
}

/** Tries to build an image of a folder that has nothing but these files. */
export function buildFrom(image: keyof typeof FILES, files: readonly string[]): Done {
  const folder = mkdtempSync(join(tmpdir(), 'context-'));
  for (const file of files) cpSync(join(ROOT, file), join(folder, file), { recursive: true });
  const done = run([...bud(image), '--target', 'packages', folder], BUILD_LIMIT_MS);
  rmSync(folder, { recursive: true });
  return done;
}

/** An image on top of another: with these files in its folder, and this command. */
export function buildUpon(
  image: string,
  upon: string,
  files: readonly string[],
  command: readonly string[],
): void {
  const container = runWell(['buildah', 'from', upon]).trim();
  const buildah = (...words: string[]) => runWell(['buildah', ...words], 600_000);
  for (const file of files) buildah('copy', '-q', container, join(ROOT, file));
  buildah('config', '--entrypoint', JSON.stringify(command), '--cmd', '', container);
  buildah('commit', '-q', '--format', 'docker', container, image);
  buildah('rm', container);
}

/** `docker` format: only it has health checks. */
const bud = (image: keyof typeof FILES) => [
  'buildah',
  'bud',
  '--isolation',
  'chroot',
  '--format',
  'docker',
  '--layers',
  '-f',
  join(ROOT, FILES[image]),
];

/** What an image says of itself, as `docker image inspect` prints it. */
export interface ImageFacts {
  Size: number;
  User: string;
  Labels: Record<string, string>;
  Healthcheck?: { Test: string[] };
  Config: { Volumes?: object; Entrypoint: string[] };
}

export function imageFacts(image: string): ImageFacts {
  const [facts] = JSON.parse(runWell(['podman', 'image', 'inspect', image])) as ImageFacts[];
  if (!facts) throw new Error(`${image}: podman says nothing of it`);
  return facts;
}
