/**
 * The profile `real` of docker-compose.load-test.yml, service by service in its order, each as Compose reads it. Instead of the
 * application's pages and API one image answers as the application does while it has no user.
 */
import assert from 'node:assert/strict';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import { type Service, servicesOf } from './compose.ts';
import {
  type Container,
  removeContainer,
  removeVolumes,
  runContainer,
  startContainer,
  untilHealthy,
} from './containers.ts';
import { buildUpon, STAND_IN, SUITE } from './images.ts';
import type { Done } from './programs.ts';
import { withRun } from './run-of-volume.ts';

const APPLICATION = 'residency-empty-application';
const FRONTEND = 'loadtest-frontend';
const PREFIX = 'loadtest-real';
const IN_ORDER = ['postgres', 'redis', 'backend', 'frontend', 'seed'];
const RESULTS = `${PREFIX}-results`;

/** Gives what was seen, in a few words. */
export async function realProfile(): Promise<string> {
  const services = servicesOf('real', { DATA_SIZE: 'small' });
  const of = (name: string) => services[name] ?? assert.fail(`no service ${name}`);
  const order = startedBefore(services, 'suite-real').filter((name) => IN_ORDER.includes(name));
  assert.deepEqual(order, IN_ORDER);
  const volumes = [RESULTS, `${PREFIX}-accounts`];
  removeVolumes(...volumes);
  buildUpon(
    APPLICATION,
    STAND_IN,
    ['tests/containers/empty-application.ts'],
    [...['/usr/bin/tini', '--', 'node', 'empty-application.ts']],
  );
  startContainer(FRONTEND, { image: APPLICATION, network: 'none', env: { SCHEDULER_SIZE: 'small' } });
  try {
    const [kind, ...test] = of('frontend').healthcheck?.test ?? [];
    assert.equal(kind, 'CMD');
    await untilHealthy(FRONTEND, test);
    const first = seeded(of('seed'));
    assert.match(first, /^first-admin: made; /m);
    assert.match(first, /38 accounts and 26 people/);
    assert.match(first, /^all of it is there; /m);
    const again = seeded(of('seed'));
    assert.match(again, /^first-admin: there already$/m);
    assert.match(again, /nothing to make$/m);
    const { output } = asCompose(of('suite-real'));
    return withRun(RESULTS, ({ target }, summary) => {
      assert.equal(target.url, 'http://127.0.0.1:3000', output);
      const { verdict, reasons } = apartFromMachine(summary);
      assert.ok(['pass', 'warn'].includes(verdict), `${verdict}: ${reasons.join('; ')}\n${output}`);
      assert.match(output, /^http:\/\/influxdb:8086, bucket loadtest: no answer/m);
      return `first admin, seed, the same again, and smoke: ${verdict}; without InfluxDB the verdict stays`;
    });
  } finally {
    removeContainer(FRONTEND);
    removeVolumes(...volumes);
  }
}

/** In the order in which Compose starts them. */
function startedBefore(services: Record<string, Service>, name: string): string[] {
  const waits = Object.keys(services[name]?.depends_on ?? {});
  return [...new Set(waits.flatMap((one) => [...startedBefore(services, one), one]))];
}

function seeded(seed: Service): string {
  const { status, output } = asCompose(seed);
  assert.equal(status, 0, output);
  return output;
}

/** Runs it to its end with everything that the file says of it. */
function asCompose({ entrypoint, command, environment, volumes, network_mode }: Service): Done {
  assert.equal(network_mode, 'service:frontend');
  const container: Container = {
    image: SUITE,
    network: FRONTEND,
    entrypoint,
    command,
    env: environment,
    volumes: volumes?.map(
      ({ source, target, read_only }) => `${PREFIX}-${source}:${target}${read_only ? ':ro' : ''}`,
    ),
  };
  return runContainer(container);
}
