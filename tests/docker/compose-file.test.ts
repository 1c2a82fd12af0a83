import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { parse } from 'yaml';
import { ROOT } from '../../config/environment.ts';

interface Service {
  image: string;
  profiles?: string[];
  ports?: string[];
  healthcheck?: object;
  command?: unknown;
  network_mode?: string;
  depends_on?: Record<string, { condition: string }>;
}

const text = readFileSync(join(ROOT, 'docker/docker-compose.load-test.yml'), 'utf8');
const { services } = parse(text, { merge: true }) as { services: Record<string, Service> };
const all = Object.entries(services);
// biome-ignore lint/suspicious/noTemplateCurlyInString: Compose writes variables so
const GRAFANA = '127.0.0.1:${GRAFANA_PORT:-3001}:3000';
/** `NAME=`: a secret that the example leaves to be filled in. */
const example = readFileSync(join(ROOT, 'docker/.env.example'), 'utf8');
const isSecret = (name: string) => /(_PASSWORD|_TOKEN|_KEY)$/.test(name);

it('publishes on loopback only', () => {
  const ports = all.flatMap(([, { ports }]) => ports ?? []);
  assert.ok(ports.length >= 5);
  for (const port of ports) assert.match(port, /^127\.0\.0\.1:\$\{\w+:-\d+\}:\d+$/);
  assert.ok(ports.includes(GRAFANA));
});

it('has no password of its own, and refuses to start without each', () => {
  const uses = [...text.matchAll(/\$\{(\w+)(:?[-?]([^}]*))?\}/g)].map(([, name = '', form = '']) => ({
    name,
    form,
  }));
  const secrets = [...new Set(uses.map(({ name }) => name).filter(isSecret))];
  assert.ok(secrets.length >= 7, secrets.join(', '));
  for (const secret of secrets) {
    const forms = uses.filter(({ name }) => name === secret).map(({ form }) => form);
    assert.ok(
      forms.some((form) => form.startsWith(':?not set. ')),
      `${secret} is asked for`,
    );
    assert.ok(!forms.some((form) => form.startsWith(':-')), `${secret} has no default`);
    assert.match(example, new RegExp(`^${secret}=$`, 'm'), `${secret} is left open in docker/.env.example`);
  }
  const literal = /^\s*\w*(PASSWORD|TOKEN|SECRET)\w*: (?!\$\{\w+)\S/m;
  assert.doesNotMatch(text, literal);
});

it('docker/.env.example names each variable of the file, and none besides', () => {
  const read = [...new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name))];
  const named = [...example.matchAll(/^(\w+)=/gm)].map(([, name = '']) => name);
  // Read by Compose itself; and one that a build on a pipeline sets.
  const others = ['COMPOSE_PROFILES', 'COMPOSE_PROJECT_NAME'];
  assert.deepEqual(
    named.filter((name) => !others.includes(name)).sort(),
    read.filter((name) => name !== 'REVISION').sort(),
  );
});

it('whatever others wait for has a health check, in the image or here, or ends', () => {
  const byImage = ['scheduler'];
  const waits = all.flatMap(([name, { depends_on }]) =>
    Object.entries(depends_on ?? {}).map((on) => [name, ...on] as const),
  );
  assert.ok(waits.length >= 8);
  for (const [name, on, { condition }] of waits) {
    const waited = services[on];
    assert.ok(waited, `${name} waits for ${on}`);
    const isReady = waited.healthcheck !== undefined || byImage.includes(on);
    assert.equal(
      condition,
      isReady ? 'service_healthy' : 'service_completed_successfully',
      `${name} on ${on}`,
    );
  }
});

it('a suite shares the network of the target that it waits for, so load stays on loopback', () => {
  const suites = all.filter(([, { image }]) => image === 'residency-loadtest');
  assert.deepEqual(suites.map(([name]) => name).sort(), ['seed', 'suite', 'suite-real']);
  for (const [name, { network_mode = '', depends_on = {} }] of suites) {
    const target = network_mode.replace('service:', '');
    assert.equal(depends_on[target]?.condition, 'service_healthy', name);
  }
});

it('services of one profile wait for none of the other', () => {
  for (const [name, { profiles = [], depends_on = {} }] of all)
    for (const on of Object.keys(depends_on))
      for (const profile of services[on]?.profiles ?? [])
        assert.ok(profiles.includes(profile), `${name}: ${on}`);
});
