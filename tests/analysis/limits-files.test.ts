import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../../config/errors.ts';
import { loadKnownDefects } from '../../config/known-defects.ts';
import { BASE_SECTIONS, type KindsOfUsers, loadThresholds, thresholdsFor } from '../../config/thresholds.ts';
import { temporaryDirectory } from './synthetic-run.ts';

function file(text: string): string {
  const path = join(temporaryDirectory(), 'given.yml');
  writeFileSync(path, text);
  return path;
}
/** One line, with the file in it, and what these patterns ask for. */
function refused(load: () => unknown, ...patterns: RegExp[]): void {
  assert.throws(load, (error) => {
    assert.ok(error instanceof ConfigError, String(error));
    assert.equal(error.exitCode, 2);
    assert.ok(!error.message.includes('\n'), error.message);
    for (const pattern of [/given\.yml/, ...patterns]) assert.match(error.message, pattern);
    return true;
  });
}

test('the files that the suite brings are read, with at most six primary metrics a profile', () => {
  const profiles = loadThresholds();
  const names = [...profiles.keys()].filter((name) => !BASE_SECTIONS.includes(name));
  assert.ok(['smoke', 'load', 'perf', 'bench'].every((name) => names.includes(name)));
  for (const name of names) {
    const { primary, thresholds } = thresholdsFor(profiles, [name]);
    assert.ok(primary.length > 0 && primary.length <= 6, name);
    assert.ok(thresholds.every(({ where }) => /^config\/thresholds\.yml:\d+$/.test(where)));
  }
  assert.ok(
    loadKnownDefects().some(({ operation, status }) => operation === 'swaps.execute' && status === 500),
  );
});

test('a profile is laid over default: it adds, replaces and switches off', () => {
  const path = file(`default:
  metrics:
    steps.errorRate: [error, 0.01]
    checks.failed: [warn, 0]
    class.crud.p50: [error, 9]
load:
  metrics:
    steps.errorRate: { gate: [warn, 0.5], why: tried out }
    checks.failed: [off, 0]
`);
  const { thresholds } = thresholdsFor(loadThresholds(path), ['load']);
  assert.deepEqual(
    thresholds.map(({ expression, level, limit, why, where }) => [expression, level, limit, why, where]),
    [
      ['steps.errorRate', 'warn', 0.5, 'tried out', `${path}:8`],
      ['class.crud.p50', 'error', 9, undefined, `${path}:5`],
    ],
  );
});

test('what only browsers or only HTTP clients can show is asked of runs that had them', () => {
  const all = loadThresholds(
    file(`default:
  metrics: { sessions.failed: [error, 0.1] }
browser:
  metrics: { steps.errorRate: [error, 0.1], sessions.failed: [error, 0.2] }
http:
  metrics: { checks.failed: [error, 0.1] }
crud:
  metrics: { steps.errorRate: [error, 0.3] }
`),
  );
  const held = (kinds: KindsOfUsers, profile: string) =>
    thresholdsFor(all, [profile], undefined, kinds).thresholds.map(
      ({ expression, limit }) => `${expression} ${limit}`,
    );
  const both = ['sessions.failed 0.2', 'steps.errorRate 0.1', 'checks.failed 0.1'];
  assert.deepEqual(held({ browser: true, http: true }, 'load'), both);
  assert.deepEqual(held({ browser: false, http: true }, 'load'), [
    'sessions.failed 0.1',
    'checks.failed 0.1',
  ]);
  assert.deepEqual(held({ browser: true, http: false }, 'load'), both.slice(0, 2));
  // What a profile asks for by itself is asked for in any case.
  assert.deepEqual(held({ browser: false, http: false }, 'crud'), [
    'sessions.failed 0.1',
    'steps.errorRate 0.3',
  ]);
});

const limit = (line: string) => () => loadThresholds(file(`load:\n  metrics:\n    ${line}\n`));

test('a level that does not exist: file, line, key and what is allowed', () => {
  refused(
    limit('steps.errorRate: [fatal, 1]'),
    /given\.yml:3: load\.metrics: 'steps\.errorRate'/,
    /off \| warn \| error/,
  );
});

const misspelt: Array<[expression: string, hint: RegExp]> = [
  ['steps.errorrate', /unknown metric; allowed: sessions\.failed/],
  ['step.open people.p96', /figure p50, p75/],
  ['setp.open people.p95', /must begin with one of step, request/],
  ['class.curd.p95', /unknown class; allowed: auth, crud/],
  ['vital.FID.p75', /unknown vital; allowed: LCP/],
  ['step.x.p75 page /people', /only a vital, or a figure of a view, can be asked for by page/],
  ['vital.LCP.p75 page people', /a route such as \/schedule/],
  ['view.script sise.max', /unknown figure of a view; did you mean script size\?/],
  ['view.requests.rate', /a size or count has no rate/],
  ['class.crud.p50 cold', /only a step, vital or view can be cold/],
  ['session.x.p50', /write session\.<figure>/],
];
for (const [expression, hint] of misspelt) {
  test(`a metric that does not exist: ${expression}`, () => {
    refused(
      limit(`${expression}: [error, 1]`),
      new RegExp(`given\\.yml:3: load\\.metrics: '${expression.replace(/[./]/g, '\\$&')}'`),
      hint,
    );
  });
}

test('limits, primaries and files that are not as they must be', () => {
  refused(limit('steps.errorRate: [error, high]'), /\["error","high"\] is no limit; write \[level, limit\]/);
  refused(limit('steps.errorRate: [error, -1]'), /is no limit/);
  refused(limit('steps.errorRate: 5'), /5 is no limit/);
  refused(
    () => loadThresholds(file('load:\n  metric: {}\n')),
    /given\.yml:2: load: unknown key 'metric'; did you mean metrics\?/,
  );
  refused(
    () => loadThresholds(file('load:\n  primary: [class.crud.p59]\n')),
    /given\.yml:2: load\.primary: 'class\.crud\.p59'/,
  );
  refused(() => loadThresholds(file('load:\n  primary: ["step.*.p95"]\n')), /name it without \*/);
  const seven = Array.from({ length: 7 }, () => 'steps.errorRate').join(', ');
  refused(() => loadThresholds(file(`load:\n  primary: [${seven}]\n`)), /at most 6/);
  refused(() => loadThresholds(file('load: [')), /not YAML/);
  refused(() => loadThresholds(file('- a\n')), /must map profiles/);
  refused(() => loadThresholds(join(tmpdir(), 'no such', 'given.yml')), /Restore the file/);
});

test('a section that no run would read: its line and the nearest name', () => {
  const section = (text: string, profiles?: string[]) => () => loadThresholds(file(text), profiles);
  const metrics = '  metrics: { steps.errorRate: [error, 0.1] }\n';
  refused(
    section(`load:\n${metrics}lod:\n${metrics}`),
    /given\.yml:3: lod: no such profile; did you mean load\?/,
    /known are default,/,
  );
  refused(section(`defualt:\n${metrics}`), /:1: defualt: no such profile; did you mean default\?/);
  refused(section(`checkout:\n${metrics}`), /:1: checkout: no such profile; known are .*smoke.*perf, bench/);
  assert.ok(
    section(`checkout:\n${metrics}`, ['checkout'])().has('checkout'),
    'the run is of a script from elsewhere',
  );
  const elsewhere = file('config: {}\n').replace('given.yml', 'checkout.yml');
  writeFileSync(elsewhere, 'config: {}\n');
  assert.ok(section(`checkout:\n  script: ${elsewhere}\n${metrics}`)().has('checkout'), 'in any run');
  refused(
    section(`chekout:\n  script: ${elsewhere}\n${metrics}`),
    /:2: chekout\.script: .*Name the section as/,
  );
  refused(
    section(`gone:\n  script: my/gone.yml\n${metrics}`),
    /:2: gone\.script: my\/gone\.yml: there is no such file/,
  );
});

test('a section without a limit is refused', () => {
  for (const empty of ['{}', '{ metrics: {} }', '{ primary: [] }', '{ primary: [], metrics: {} }'])
    refused(
      () => loadThresholds(file(`smoke: ${empty}\n`)),
      /given\.yml:1: smoke: it has no limit\. Give it metrics, or remove it\.$/,
    );
  refused(() => loadThresholds(file('smoke:\n')), /given\.yml:1: smoke: must be a map/);
});

test('a share in percent, or a limit on a share that can never fail, is refused with the number to write', () => {
  const can = 'a share is 0 to 1';
  const wrong: Array<[line: string, says: string]> = [
    ['steps.errorRate: [error, 1]', `a limit of 1 can never fail; ${can}. Write 0.01 for 1 %.`],
    ['checks.failed: { gate: [warn, 5], why: w }', `${can}. Write 0.05 for 5 %.`],
    ['requests.errorRate: [error, 99.9]', `${can}. Write 0.999 for 99.9 %.`],
    ['sessions.failed: [error, 1000]', `${can}. Write 0.01 for 1 %.`],
    ['availability: [error, 99.9]', `${can}. Write 0.999 for 99.9 %.`],
    ['apdex: [error, 85]', `${can}. Write 0.85 for 85 %.`],
    ['request.*.errors: [error, 1]', 'Write 0.01 for 1 %.'],
    ['class.crud.errors: [{ gate: [error, 0.1] }, { gate: [error, 2], since: 2 }]', 'Write 0.02 for 2 %.'],
    ['step.open people.errors: { gate: [error, 5], abort: { after: 30s } }', 'Write 0.05 for 5 %.'],
    ['target.*.cacheHits.mean: [warn, 90]', 'Write 0.9 for 90 %.'],
    [
      'completeness: [error, 0]',
      'a limit of at least 0 can never fail. Write the share that must be reached, or [off, 0].',
    ],
  ];
  for (const [line, says] of wrong)
    refused(limit(line), new RegExp(`given\\.yml:3: load\\.metrics: .*${says.replace(/[.[\]]/g, '\\$&')}$`));
  for (const right of [
    'availability: [error, 1]',
    'apdex: [error, 1]',
    'steps.errorRate: [error, 0]',
    'steps.errorRate: [error, 0.999]',
    'availability: [off, 0]',
    'steps.errorRate: [off, 1]',
    'vital.CLS.p75: [error, 1]',
    'class.crud.p95: [error, 1]',
    'count.edits made.n: [error, 1]',
    'requests.errorRate.drift: [error, 1]',
  ])
    assert.doesNotThrow(limit(right), right);
});

test('known defects that are not as they must be', () => {
  const entry = (more: string) => () =>
    loadKnownDefects(file(`- { name: n, reason: r, source: s, ${more} }\n`));
  refused(entry('until: soon'), /entry 1 \('n'\), until: .*YYYY-MM-DD/);
  refused(entry('until: 2027-02-30'), /until/);
  refused(entry('operation: a.b, until: 2027-01-01'), /needs a status or an error text/);
  refused(entry('status: 500, until: 2027-01-01'), /belongs to an operation/);
  refused(entry('unitl: 2027-01-01'), /given\.yml:1: entry 1 \('n'\)/);
  refused(
    () => loadKnownDefects(file('- {name: n, reason: r, source: s, until: 2027-01-01}\n'.repeat(2))),
    /'n' is there twice/,
  );
  refused(() => loadKnownDefects(file('a: [')), /given\.yml:1: not YAML/);
  assert.deepEqual(loadKnownDefects(file('')), []);
});

test('limits by version of the target: the latest that it has reached; of an unknown one the newest', () => {
  const path = file(`load:
  metrics:
    class.crud.p50:
      - { gate: [error, 800], why: known to be slow }
      - { gate: [error, 150], since: 1.10, why: fixed there }
      - { gate: [error, 300], since: 1.9 }
    class.auth.p50: { gate: [warn, 5], since: 2 }
`);
  const all = loadThresholds(path);
  const limits = (version?: string) =>
    thresholdsFor(all, ['load'], version).thresholds.map(({ expression, limit }) => `${expression} ${limit}`);
  assert.deepEqual(limits('1.8.7'), ['class.crud.p50 800']);
  assert.deepEqual(limits('v1.9.0-rc1'), ['class.crud.p50 300']);
  assert.deepEqual(limits('1.10'), ['class.crud.p50 150']);
  assert.deepEqual(limits('2.0.0'), ['class.crud.p50 150', 'class.auth.p50 5']);
  assert.deepEqual(limits(undefined), ['class.crud.p50 150', 'class.auth.p50 5']);
  assert.deepEqual(limits('3fa9c1d'), ['class.crud.p50 150', 'class.auth.p50 5']);
  const [crud] = thresholdsFor(all, ['load'], '1.10').thresholds;
  assert.equal(crud?.where, `${path}:3, since 1.10`);
  refused(
    limit('steps.errorRate: [{ gate: [error, 0.1] }, { gate: [error, 0.2] }]'),
    /two limits without since/,
  );
  refused(limit('steps.errorRate: { gate: [error, 1], since: main }'), /is no limit; .*since: 1\.4/);
});
