/** What is taken from Prometheus endpoints, and which: the two files that say so, as they should be and as they should not. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { ROOT, readEnvironment } from '../../config/environment.ts';
import { loadEnvironments } from '../../config/environments.ts';
import { ConfigError } from '../../config/errors.ts';
import { parseSelectors } from '../../config/series-selector.ts';
import { loadTargetMetrics } from '../../config/target-metrics.ts';
import { isAtLeast, parseMetric } from '../../config/threshold-metric.ts';
import { temporaryFolder } from '../artillery/suite-process.ts';

function write(t: TestContext, name: string, text: string): string {
  const file = join(temporaryFolder(t), name);
  writeFileSync(file, text);
  return file;
}

function refuses(work: () => unknown, file: string, says: RegExp): void {
  assert.throws(work, (error: unknown) => {
    assert.ok(error instanceof ConfigError, String(error));
    assert.ok(error.message.startsWith(`${file}:`), error.message);
    assert.match(error.message.slice(file.length + 1), says);
    assert.doesNotMatch(error.message, /\n|Secret-1/);
    return true;
  });
}

describe('target-metrics.yml', () => {
  it('has the five kinds, and docs/measuring.md names each of their figures', () => {
    const kinds = loadTargetMetrics();
    assert.deepEqual([...kinds.keys()], ['application', 'node', 'cadvisor', 'postgres', 'redis']);
    const page = readFileSync(join(ROOT, 'docs/measuring.md'), 'utf8');
    for (const [kind, figures] of kinds) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${kind}\``)) ?? '';
      for (const { key } of figures)
        assert.ok(row.includes(`\`${key}\``), `${kind}.${key} in docs/measuring.md`);
    }
  });

  for (const [text, says] of [
    ['web:\n  cpu: { title: CPU, unit: core, rate: a }', /^2: web\.cpu\.unit: not known; write cores, /],
    ['web:\n  cpu: { title: CPU, unit: cores }', /^2: web\.cpu: write one of gauge, rate and increase\.$/],
    ['web:\n  cpu: { title: CPU, unit: cores, rate: a, gauge: b }', /write one of/],
    ['web:\n  cpu: { title: CPU, unit: "%", rate: a, of: b }', /of goes with gauge or increase/],
    [
      'web:\n  cpu: { title: CPU, unit: cores, rate: "a b" }',
      /^2: web\.cpu\.rate: 'a b' is no series; write name/,
    ],
    [
      'web:\n  cpu:\n    title: CPU\n    unit: cores\n    rate: a{b=c}',
      /^5: .*not a matcher after '\{'; write label="value"/,
    ],
    ['web:\n  cpu: { title: CPU, unit: cores, rate: \'a{b=~"("}\' }', /"\(" is no regular expression/],
    ['web:\n  cpu: { title: CPU, unit: cores, rat: a }', /^2: web\.cpu: .*rat/],
    ['web:\n  c.pu: { title: CPU, unit: cores, rate: a }', /^2: web\.c\.pu: not a name/],
    ['web: 7', /^1: web: it must map names of figures/],
    ['- web', /it must map kinds/],
    [
      'a:\n  x: { title: X, unit: "1", gauge: x }\nb:\n  x: { title: X, unit: "1", gauge: x, better: more }',
      /x: in one kind more is better, in another less/,
    ],
    ['web: {', /^\d+: not YAML/],
  ] as const) {
    it(`with ${text.split('\n').at(-1)?.trim()} is refused, with its line`, (t) => {
      const file = write(t, 'target-metrics.yml', `${text}\n`);
      refuses(() => loadTargetMetrics(file), file, says);
    });
  }
});

it('a selector chooses series as PromQL does', () => {
  const fits = (text: string, labels: Record<string, string>) => {
    const sum = parseSelectors(text);
    assert.ok(typeof sum !== 'string', String(sum));
    return sum[0]?.fits(labels);
  };
  assert.equal(fits('a{b="c"}', { b: 'c' }), true);
  assert.equal(fits('a{ b = "c" , d!="e", }', { b: 'c', d: 'e' }), false);
  assert.equal(fits('a{b=~"c|d"}', { b: 'cd' }), false, 'anchored at both ends');
  assert.equal(fits('a{b!~"c.*"}', { b: 'xc' }), true);
  assert.equal(fits('a{b=""}', {}), true, 'a label that is not there is empty');
  assert.equal(fits('a{b="x \\"+\\" y"}', { b: 'x "+" y' }), true);
  const sum = parseSelectors('a{b="1+1"} + c');
  assert.deepEqual(typeof sum === 'string' ? sum : sum.map(({ name }) => name), ['a', 'c']);
});

describe('metrics in environments.yml', () => {
  const WHOLE = 'embedded: {}\nlocal: {}\n';
  const one = (keys: string) => `${WHOLE}lab:\n  metrics:\n    - { ${keys} }\n`;

  it('may name endpoints by URL, by variable and by a path of the API’s host', (t) => {
    const file = write(
      t,
      'environments.yml',
      `${WHOLE}lab:
  metrics:
    - { name: application, url: /metrics, kind: application }
    - { name: database, url: '\${LAB_DB}', kind: postgres, every: 15s, bearer: '\${LAB_TOKEN}', only: { datname: scheduler } }
    - { name: cache, url: '\${LAB_CACHE}', kind: redis }
`,
    );
    const given = { ENVIRONMENT: 'lab', BASE_URL: 'http://h', ACCOUNTS_FILE: 'package.json' };
    const set = { ...given, LAB_DB: 'http://db:9187/metrics?collect[]=x', LAB_TOKEN: 'Secret-1' };
    const { metrics, unsetMetrics } = readEnvironment(set, loadEnvironments(file));
    assert.deepEqual(metrics, [
      {
        name: 'application',
        url: '/metrics',
        kind: 'application',
        every: 5,
        timeout: 5,
        bearer: undefined,
        bearerMissing: undefined,
        only: {},
      },
      {
        name: 'database',
        url: set.LAB_DB,
        kind: 'postgres',
        every: 15,
        timeout: 5,
        bearer: 'Secret-1',
        bearerMissing: undefined,
        only: { datname: 'scheduler' },
      },
    ]);
    assert.deepEqual(unsetMetrics, [{ name: 'cache', variable: 'LAB_CACHE' }]);
    assert.equal(
      readEnvironment({ ...set, LAB_TOKEN: '' }, loadEnvironments(file)).metrics[1]?.bearerMissing,
      'LAB_TOKEN',
    );
    // The pages' door has one key, and it goes to their origin only.
    const behind = {
      ...set,
      BASIC_AUTH: 'me:Door-Pass-1',
      LAB_TOKEN: '',
      LAB_CACHE: 'http://h:9121/metrics',
    };
    assert.deepEqual(
      readEnvironment(behind, loadEnvironments(file)).metrics.map(({ name, basicAuth }) => [name, basicAuth]),
      [
        ['application', { username: 'me', password: 'Door-Pass-1' }],
        ['database', undefined],
        ['cache', undefined],
      ],
    );
    assert.throws(
      () => readEnvironment({ ...set, LAB_DB: 'db:9187' }, loadEnvironments(file)),
      /^ConfigError: LAB_DB=db:9187: neither a URL nor a path; write e\.g\./,
    );
  });

  it('belong to the entry’s own pages: not to those of a BASE_URL, paths apart', (t) => {
    const file = write(
      t,
      'environments.yml',
      `${WHOLE}lab:
  baseUrl: http://own
  metrics: [{ name: a, url: http://own:9100/metrics, kind: node }, { name: b, url: /metrics, kind: application }]
`,
    );
    const names = (base: string) =>
      readEnvironment(
        { ENVIRONMENT: 'lab', BASE_URL: base, ACCOUNTS_FILE: 'package.json' },
        loadEnvironments(file),
      ).metrics.map(({ name }) => name);
    assert.deepEqual(names(''), ['a', 'b']);
    assert.deepEqual(names('http://other'), ['b']);
  });

  for (const [keys, says] of [
    ['url: http://h/metrics, kind: node', /^5: lab, metrics\.0\.name: missing; write e\.g\. database\.$/],
    ['name: A, url: http://h, kind: node', /^5: lab, metrics\.0\.name: not a name/],
    ['name: process, url: http://h, kind: node', /name: taken by the target/],
    ['name: a, kind: node', /metrics\.0\.url: not a text/],
    ['name: a, url: h/metrics, kind: node', /url: neither a URL nor a path; write e\.g\./],
    ['name: a, url: //h/metrics, kind: node', /url: neither a URL nor a path/],
    ['name: a, url: "http://me:Secret-1@h", kind: node', /url: holds a user name or password/],
    ['name: a, url: "http://h/?token=Secret-1", kind: node', /url: holds a secret \(token\)/],
    ['name: a, url: http://h', /kind: missing; write one of application, node, /],
    ['name: a, url: http://h, kind: postgress', /kind: not known; did you mean postgres\? write one of/],
    [
      'name: a, url: http://h, kind: node, every: 5',
      /every: not a duration from 1s to 300s; write e\.g\. 5s/,
    ],
    ['name: a, url: http://h, kind: node, every: 1h', /every: not a duration from 1s/],
    ['name: a, url: http://h, kind: node, timeout: 10s', /timeout: longer than every \(5s\)/],
    [
      'name: a, url: http://h, kind: node, bearer: Secret-1',
      /bearer: a token has no place in this file.*\$\{VARIABLE\}/,
    ],
    [
      'name: a, url: http://h, kind: node, token: Secret-1',
      /^5: lab\.metrics\.0\.token: a secret has no place/,
    ],
    [
      'name: a, url: http://h, kind: node, evry: 5s',
      /metrics\.0: unknown key 'evry'; did you mean every\? known are name, url/,
    ],
    ['name: a, url: http://h, kind: node, only: x', /only: write \{ label: value \}/],
  ] as const) {
    it(`with ${keys} are refused in one line, with its number and without a secret`, (t) => {
      const file = write(t, 'environments.yml', one(keys));
      refuses(() => loadEnvironments(file), file, says);
    });
  }

  it('need names of their own', (t) => {
    const twice = `${WHOLE}lab:\n  metrics:\n    - { name: a, url: http://h, kind: node }\n    - { name: a, url: http://i, kind: node }\n`;
    const file = write(t, 'environments.yml', twice);
    refuses(() => loadEnvironments(file), file, /^6: lab, metrics\.1\.name: 'a' is there already/);
    const text = write(t, 'environments.yml', `${WHOLE}lab: { metrics: http://h }\n`);
    refuses(() => loadEnvironments(text), text, /^3: lab, metrics: not a list; write - \{ name: application/);
  });
});

it('a threshold may limit them, in the direction that the figure has', () => {
  const parsed = (text: string) => {
    const found = parseMetric(text);
    assert.ok(typeof found !== 'string', String(found));
    return { metric: found.kind === 'figure' && found.metric, atLeast: isAtLeast(found) };
  };
  assert.deepEqual(parsed('target.application.cpu.max'), {
    metric: 'target.application.cpu',
    atLeast: false,
  });
  assert.deepEqual(parsed('target.*.cacheHits.p50'), { metric: 'target.*.cacheHits', atLeast: true });
  assert.equal(parsed('target.cache.cacheHits.drift').atLeast, false, 'how much worse it becomes');
  for (const [text, says] of [
    ['target.application.cpus.max', /no figure 'cpus'; did you mean cpu\? known are requests, /],
    ['target.application.max', /^write target\.<endpoint/],
    ['target.a.b.cpu.max', /^write target\.<endpoint/],
    ['target.application.cpu.rate', /has no rate/],
    ['step.open absences.drift', /no such drift; there are target/],
  ] as const)
    assert.match(String(parseMetric(text)), says);
});
