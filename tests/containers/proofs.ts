/** What `npm run test:containers` proves, one after the other: later ones use what earlier ones built. */
import assert from 'node:assert/strict';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import { checkCompose } from './compose.ts';
import {
  type Container,
  removeContainer,
  removeVolumes,
  runContainer,
  startContainer,
  stopContainer,
  untilHealthy,
  untilSaid,
} from './containers.ts';
import { buildFrom, buildImage, imageFacts, STAND_IN, SUITE } from './images.ts';
import { readme } from './readme.ts';
import { realProfile } from './real-profile.ts';
import { withRun } from './run-of-volume.ts';

export interface Proof {
  name: string;
  needsImages: boolean;
  /** Gives what was seen, in a few words. @throws where something is not as it must be */
  run(): Promise<string>;
}

const TARGET = 'loadtest-target';
/** Nobody that an image knows of. */
const ANYBODY = '23456:23456';
const ACCOUNTS = 'loadtest-accounts';
const RESULTS = 'loadtest-results';
const MEGABYTE = 1e6;

const standIn = (): Container => ({
  image: STAND_IN,
  network: 'none',
  user: ANYBODY,
  volumes: [`${ACCOUNTS}:/accounts`],
});
const suite = (...command: string[]): Container => ({
  image: SUITE,
  network: TARGET,
  user: ANYBODY,
  volumes: [`${ACCOUNTS}:/accounts:ro`, `${RESULTS}:/reports`],
  env: { BASE_URL: 'http://127.0.0.1:4300', ENVIRONMENT: 'ci', ACCOUNTS_FILE: '/accounts/stand-in.yml' },
  command,
});

export const PROOFS: readonly Proof[] = [
  { name: 'compose', needsImages: false, run: async () => checkCompose() },
  {
    name: 'dashboards',
    needsImages: false,
    run: async () => (await import('./dashboards.ts')).checkDashboards(),
  },
  { name: 'lock-file', needsImages: true, run: withoutLockFile },
  { name: 'images', needsImages: true, run: images },
  { name: 'port', needsImages: true, run: () => withTarget(portInUse) },
  { name: 'smoke', needsImages: true, run: () => withTarget(smoke) },
  { name: 'stop', needsImages: true, run: () => withTarget(stopped) },
  { name: 'alone', needsImages: true, run: alone },
  { name: 'real', needsImages: true, run: realProfile },
  { name: 'readme', needsImages: true, run: async () => readme() },
];

async function withoutLockFile(): Promise<string> {
  const files = ['package.json', '.npmrc', 'tsconfig.json', 'artillery', 'cli', 'config', 'fixtures'];
  for (const image of [SUITE, STAND_IN] as const) {
    const { status, output } = buildFrom(image, files);
    assert.notEqual(status, 0, `${image} was built without a lock file`);
    assert.match(output, /^package-lock\.json: not in the build context\. Build from a whole clone/m);
  }
  return 'neither image is built without package-lock.json; one line says why';
}

async function images(): Promise<string> {
  const sizes: string[] = [];
  for (const image of [SUITE, STAND_IN] as const) {
    buildImage(image);
    const { Size, User, Labels, Healthcheck, Config } = imageFacts(image);
    assert.equal(User, '10001:10001');
    assert.equal(Config.Entrypoint[0], '/usr/bin/tini');
    assert.ok(Healthcheck && Config.Volumes, 'health check and volume');
    assert.equal(Labels['org.opencontainers.image.title'], image);
    sizes.push(`${image} ${Math.round(Size / MEGABYTE)} MB`);
  }
  return sizes.join(', ');
}

/** Runs `prove` beside a stand-in that is healthy, on a read-only root, as a user that its image does not know. */
async function withTarget(prove: () => Promise<string>): Promise<string> {
  removeVolumes(ACCOUNTS, RESULTS);
  startContainer(TARGET, standIn());
  try {
    await untilHealthy(TARGET);
    return await prove();
  } finally {
    removeContainer(TARGET);
    removeVolumes(ACCOUNTS, RESULTS);
  }
}

async function portInUse(): Promise<string> {
  const { status, output } = runContainer({ ...standIn(), network: TARGET });
  assert.equal(status, 2, output);
  assert.match(output, /^Port 4300 is taken\. Stop what listens there, or set PORT to another/m);
  return output.trim().split('\n').at(-1) ?? '';
}

async function smoke(): Promise<string> {
  const { output } = runContainer(suite('loadtest', 'run', 'smoke'));
  return withRun(RESULTS, (run, summary) => {
    assert.equal(run.target.url, 'http://127.0.0.1:4300', output);
    const { verdict, reasons } = apartFromMachine(summary);
    assert.ok(['pass', 'warn'].includes(verdict), `${verdict}: ${reasons.join('; ')}\n${output}`);
    return `smoke from one container against the other: ${verdict}`;
  });
}

/** SIGTERM, as `docker stop` sends it, ends a run in order: what was measured is a report. */
async function stopped(): Promise<string> {
  const name = startContainer('loadtest-stopped', suite('loadtest', 'run', 'load', '--duration', '5m'));
  try {
    await untilSaid(name, /concurrent users/);
    const { status, output } = stopContainer(name, 60);
    assert.equal(status, 130, output);
    return withRun(RESULTS, (run) => {
      assert.ok(run.end, 'the run has an end');
      return 'SIGTERM ends a run with its report and exit code 130';
    });
  } finally {
    removeContainer(name);
  }
}

/** README's own words: the suite starts the embedded scheduler inside its container, which has no network at all. */
async function alone(): Promise<string> {
  removeVolumes(RESULTS);
  const container = { image: SUITE, network: 'none', user: ANYBODY, volumes: [`${RESULTS}:/reports`] };
  const help = runContainer({ ...container, command: ['npx', 'loadtest', '--help'] });
  assert.equal(help.status, 0, help.output);
  const { output } = runContainer({
    ...container,
    command: ['npx', 'artillery', 'run', 'artillery/smoke.yml'],
  });
  try {
    return withRun(RESULTS, (run, summary) => {
      assert.equal(run.target.kind, 'embedded', output);
      const { verdict, reasons } = apartFromMachine(summary);
      assert.ok(['pass', 'warn'].includes(verdict), `${verdict}: ${reasons.join('; ')}\n${output}`);
      return `npx artillery run artillery/smoke.yml in a container alone: ${verdict}`;
    });
  } finally {
    removeVolumes(RESULTS);
  }
}
