import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { html, relativeLink } from '../../analysis/report/html.ts';
import { PAGE_SCRIPT } from '../../analysis/report/page-script.ts';
import { STYLE } from '../../analysis/report/style.ts';
import { TOOLS_STYLE } from '../../analysis/report/tools-style.ts';
import { verdictLine } from '../../analysis/text/verdict-line.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { hostileRun } from './hostile-run.ts';
import { withoutOwnScript } from './own-script.ts';
import { healthySamples, runDirectory, runJson, START, watchedSamples } from './synthetic-run.ts';

/** All text that can come from a target or a flow is hostile. */
async function hostile() {
  const dir = hostileRun();
  const { summary, reportPath } = await conclude(dir);
  const read = (file: string) => readFileSync(join(dir, file), 'utf8');
  return {
    page: read('index.html'),
    style: read('report.css'),
    junit: read('junit.xml'),
    markdown: read('summary.md'),
    json: read('summary.json') + read('run.json'),
    terminal: verdictLine(summary, reportPath),
  };
}

test('no output has a character that colours a terminal, hides or turns text round', async () => {
  const { style: _, ...outputs } = await hostile();
  for (const [output, text] of Object.entries(outputs)) {
    const found = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(text);
    assert.equal(found, null, `${output}: ${JSON.stringify(text.slice(found?.index ?? 0).slice(0, 100))}`);
    assert.match(text, /(\\|&#92;)u202e/, `${output}: it is written out`);
  }
});

test('nothing that a run brings along becomes HTML, XML or Markdown', async () => {
  const { page, junit, markdown } = await hostile();
  for (const text of [withoutOwnScript(page), markdown, junit]) {
    assert.ok(!text.includes('<script'), 'a script element');
    assert.ok(text.includes('&lt;script&gt;'), 'the text itself is shown');
  }
  assert.ok(!/(href|src)="(javascript|https?|\/)/i.test(page));
  assert.ok(page.includes('href="artifacts/a%20b.zip"'));
  assert.ok(page.includes('npx playwright show-trace &lt;file&gt;'), 'it says how to open a trace');
  assert.ok(!junit.includes('\u0007'));
  wellFormed(junit);
});

test('the report asks nobody for anything: no script but its own, no address, no style sheet but the one beside it', async () => {
  const { page: whole, style } = await hostile();
  const scriptless = withoutOwnScript(whole);
  const page = scriptless.replace('<link rel="stylesheet" href="report.css">', '');
  assert.notEqual(page, scriptless);
  assert.equal(style.trim(), `${STYLE}${TOOLS_STYLE}`.trim());
  const without = page.replace(/&[a-z#0-9]+;/g, '').replace(/>[^<]*</g, '><');
  assert.ok(!/<(script|iframe|object|embed|img|link rel="stylesheet")/i.test(without));
  assert.ok(!/url\(|@import/.test(style));
  // A name of SVG, which nobody asks.
  const script = PAGE_SCRIPT.replace('http://www.w3.org/2000/svg', '');
  assert.ok(!/fetch|XMLHttp|import\(|https?:|eval|Function\(/.test(script));
  assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
});

test('sections come in order, each under a heading, each table with caption and scope', async () => {
  const { page } = await hostile();
  const ids = [
    ...['overview', 'verdict', 'look-first', 'failed-gates', 'primary', 'glance', 'roles', 'does-not-work'],
    ...['load', 'timeline', 'latency-map', 'spread', 'generator'],
    ...['browser', 'vitals', 'completeness', 'passes', 'errors'],
    ...['figures', 'gates', 'steps', 'requests', 'defects', 'leftovers', 'arrivals', 'cut-short'],
    ...['measured', 'definitions'],
  ];
  const places = ids.map((id) => page.indexOf(` id="${id}"`));
  assert.ok(
    places.every((place) => place > 0),
    ids.filter((_, index) => places[index]! < 0).join(),
  );
  assert.deepEqual(
    [...places].sort((a, b) => a - b),
    places,
  );
  const count = (pattern: RegExp) => page.match(pattern)?.length ?? 0;
  assert.equal(count(/<table>/g), count(/<caption>/g));
  assert.equal(count(/<thead><tr><th scope="col"/g), count(/<table>/g));
  assert.equal(count(/<svg (?![^>]*aria-hidden)/g), count(/role="img" aria-label="[^"]+"/g));
  assert.equal(count(/<h1/g), 1);
});

test('a report of a run without anything opens too, and says of nothing that it worked', async () => {
  const host = { ...runJson().host, browserEntries: { longAnimationFrame: true } } as RunJson['host'];
  const dir = runDirectory(runJson({ ended: 'target-died', host }), []);
  const { verdict, reportPath, summary } = await conclude(dir);
  assert.equal(verdict, 'invalid');
  const page = readFileSync(reportPath, 'utf8');
  assert.match(page, /there are no samples[\s\S]*No request was sent/);
  assert.match(page, /No operation, step or journey was tried\./);
  assert.doesNotMatch(page, /worked at least once|failed in any second|No frame was longer|No call failed/);
  // A limit without a value is one all the same.
  assert.ok(summary.primary.some(({ outcome, value }) => outcome === 'failed' && value === null));
  const junit = readFileSync(join(dir, 'junit.xml'), 'utf8');
  wellFormed(junit);
  assert.match(junit, /errors="1"[\s\S]*<error message="the target died/);
});

async function pageOf(samples: readonly Sample[], changes: Partial<RunJson> = {}) {
  const { reportPath, summary } = await conclude(runDirectory(runJson(changes), samples));
  const page = readFileSync(reportPath, 'utf8');
  return { page, summary, charts: [...page.matchAll(/id="chart-([a-z0-9]+)"/g)].map(([, name]) => name) };
}

test('the machine and the target’s processes are drawn beside the generator, and listed', async () => {
  const { page, charts } = await pageOf(watchedSamples());
  assert.deepEqual(charts.slice(3), [
    'cpu',
    'arrivals',
    'loop',
    'late',
    'memory',
    'pressure',
    'load',
    'sockets',
  ]);
  assert.match(page, /<strong>CPU, share of all cores<\/strong>(.*)generator(.*)target(.*)whole machine/);
  assert.match(page, /aria-label="Sessions since the start. Highest: started 14, planned 14."/);
  assert.match(page, /TCP sockets, closing ones included<\/dt><dd>p95 29, max 29</);
  assert.match(page, /waited for a disk<\/dt><dd>p95 1 %, max 40 %</);
  assert.match(page, /Memory of the target’s processes<\/dt><dd>max 150 MiB</);
  assert.match(page, /<th scope="col" class="num">machine</);
});

test('a run of an older suite, or not on Linux, has neither their charts nor their lines', async () => {
  const { page, charts } = await pageOf(healthySamples());
  assert.deepEqual(charts.slice(3), ['cpu', 'loop', 'memory']);
  assert.ok(!/whole machine|TCP sockets|target’s processes|>machine</.test(page));
  const bare = healthySamples().map((sample): Sample => {
    if (sample.kind !== 'generator') return sample;
    const { cpu: _cpu, memoryMiB: _memory, ...rest } = sample;
    return rest;
  });
  const off = await pageOf(bare);
  assert.deepEqual(off.charts.slice(3), ['loop']);
  assert.ok(!/<dt>(CPU, share|Memory)/.test(off.page));
  assert.deepEqual([off.summary.verdict, off.summary.generator.seconds], ['pass', 60]);
});

test('it says when generator and target shared a machine, and only then', async () => {
  const at = (url: string) => ({ ...runJson().target, url, kind: 'deployment' }) as const;
  const said = async (changes: Partial<RunJson>) =>
    /<p>(The target (?:ran on the same machine|was met at a loopback)[^<]*)</.exec(
      (await pageOf(healthySamples(), changes)).page,
    )?.[1] ?? '';
  assert.match(
    await said({}),
    /^The target ran on the same machine as the generator, and the two shared its 2 cores/,
  );
  assert.match(await said({ target: at('http://localhost:8000') }), /unless a tunnel leads elsewhere/);
  assert.equal(await said({ target: at('https://staging.example.org') }), '');
});

test('the CPU benchmark is shown as far as the run has it', async () => {
  const shown = async (benchmark: Partial<RunJson['host']>) =>
    /CPU benchmark<\/dt><dd>([^<]*)</.exec(
      (await pageOf([], { host: { ...runJson().host, ...benchmark } })).page,
    )?.[1];
  const [start, end] = [{ cpuBenchmarkMs: 52.4, cpuBenchmarkVersion: 1 }, { cpuBenchmarkEndMs: 55 }];
  assert.equal(
    await shown({ ...start, ...end }),
    '52.4 ms at the start, 55 ms at the end (work of version 1)',
  );
  assert.equal(await shown(start), '52.4 ms at the start (work of version 1)', 'killed');
  assert.equal(await shown({}), undefined);
});

test('JUnit counts failed gates as failures, has one case for each gate, and before them the first failure', async () => {
  const samples = healthySamples().map((sample) =>
    sample.kind === 'step' && sample.name === 'open absences' ? { ...sample, ok: false } : sample,
  );
  const dir = runDirectory(runJson(), samples);
  const { summary } = await conclude(dir);
  const junit = readFileSync(join(dir, 'junit.xml'), 'utf8');
  const failed = summary.gates.filter(({ verdict }) => verdict === 'fail').length;
  assert.ok(failed > 0);
  assert.match(junit, new RegExp(`tests="${summary.gates.length + 2}" failures="${failed + 1}" errors="0"`));
  assert.equal(junit.match(/<failure /g)?.length, failed + 1);
  assert.match(
    junit,
    /<failure message="first failure, \d+ s into the run: step “open absences” of “request an absence”/,
  );
  assert.ok(junit.indexOf('first failure') < junit.indexOf('classname="gates.'));
});

test('links lead into the run directory and nowhere else', () => {
  assert.equal(relativeLink('artifacts/a&b #1.png'), 'artifacts/a%26b%20%231.png');
  for (const path of [
    'https://x.example',
    '/etc/passwd',
    '../other/run.json',
    'a/../../b',
    'JavaScript:x',
    'a\\b',
    '',
    undefined,
  ]) {
    assert.equal(relativeLink(path), undefined, String(path));
  }
});

test('the template escapes text, in lists too, but not its own HTML', () => {
  assert.equal(
    html`<p title="${'"<&'}">${['<b>', html`<i>${'>'}</i>`]}${null}${false}${0}</p>`.text,
    '<p title="&quot;&lt;&amp;">&lt;b&gt;<i>&gt;</i>0</p>',
  );
});

/** WCAG 2.2, 1.4.3: https://www.w3.org/TR/WCAG22/#contrast-minimum */
test('text has a contrast of at least 4.5:1 on its ground, light and dark', () => {
  const schemes = [...STYLE.matchAll(/:root\{([^}]*)\}/g)]
    .map(([, body]) =>
      Object.fromEntries(
        [...(body ?? '').matchAll(/--([\w-]+):(#[0-9a-f]{3,6})/g)].map(([, name, colour]) => [name, colour]),
      ),
    )
    // What is printed has the light one, and sets none of its own.
    .filter((scheme) => Object.keys(scheme).length > 0);
  assert.equal(schemes.length, 2);
  const pairs = [
    ...['text', 'dim', 'link', 'bad'].flatMap((ink) => [
      [ink, 'bg'],
      [ink, 'raised'],
    ]),
    ...['good', 'warn', 'bad', 'odd'].map((ink) => [ink, `${ink}-bg`]),
  ];
  for (const scheme of schemes) {
    for (const [ink, ground] of pairs) {
      const ratio = contrast(scheme[ink!]!, scheme[ground!]!);
      assert.ok(ratio >= 4.5, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
    }
    // Lines of charts: 3:1 (1.4.11).
    for (const line of ['a', 'b', 'c', 'd', 'dim']) assert.ok(contrast(scheme[line]!, scheme.bg!) >= 3, line);
  }
});

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const hex =
    colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [r, g, b] = [0, 2, 4]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Every element that is opened is closed in turn, and `&` begins an entity everywhere. */
function wellFormed(xml: string): void {
  const open: string[] = [];
  for (const [, slash, name, self] of xml.matchAll(/<(\/?)([\w-]+)(?:\s+[\w-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (slash) assert.equal(open.pop(), name);
    else if (!self) open.push(name!);
  }
  assert.deepEqual(open, []);
  assert.ok(!/&(?!(amp|lt|gt|quot|#\d+);)/.test(xml), 'a bare &');
  assert.equal(
    xml
      .replace(/<\/?[\w-]+(?:\s+[\w-]+="[^"<]*")*\s*\/?>/g, '')
      .replace(/^<\?xml[^>]*\?>/, '')
      .includes('<'),
    false,
  );
}

test('what browsers were slowed down by is in the first line and in the facts', async () => {
  const network = { name: '3g', latencyMs: 300, downloadKbps: 1600, uploadKbps: 768 } as const;
  const dir = runDirectory(runJson({ throttle: { network, cpuSlowdown: 4 } }), healthySamples());
  const { summary, reportPath } = await conclude(dir);
  assert.match(summary.headline.text, /, browsers slowed down \(3g, CPU 4×\)\.$/);
  assert.match(
    readFileSync(reportPath, 'utf8'),
    /network 3g: 300 ms a request, .*processor of pages 4 times/,
  );
  const plain = await conclude(runDirectory(runJson(), healthySamples()));
  assert.doesNotMatch(plain.summary.headline.text, /slowed/);
});

test('how many answers were compared with their shape is said wherever any could be', async () => {
  const read = async (samples: Sample[]) => {
    const dir = runDirectory(runJson(), samples);
    const { summary } = await conclude(dir);
    const text = (file: string) => readFileSync(join(dir, file), 'utf8');
    return { shapes: summary.counts.shapes, page: text('index.html'), markdown: text('summary.md') };
  };
  let count = 0;
  const samples = healthySamples().map((sample) =>
    sample.kind === 'request' && sample.via === 'http' ? { ...sample, checked: count++ % 4 === 0 } : sample,
  );
  const told = await read(samples);
  assert.ok(count > 0);
  assert.deepEqual(told.shapes, { n: count, checked: Math.ceil(count / 4) });
  assert.match(told.page, /answers whose shape is known, [\d ,]+ \(2\d(\.\d)? %\) were checked against it/);
  assert.match(told.markdown, /Answers checked against their shape: 2\d/);
  const without = await read(healthySamples());
  assert.deepEqual(without.shapes, { n: 0, checked: 0 });
  assert.doesNotMatch(without.page, /whose shape is known/);
});

test('benchmarks: figures of the rounds that count, outliers by their round, a section of their own', async () => {
  const round = (value: number, more: object = {}): Sample => ({
    t: START + 5000,
    kind: 'journey',
    name: 'list people',
    value,
    unit: 'ms',
    ok: true,
    session: 'bench',
    ...more,
  });
  const samples: Sample[] = [
    { t: START, kind: 'event', name: 'session-started', session: 'bench', data: { scenario: 'bench' } },
    round(500, { warmup: true }),
    ...[10, 11, 12, 13, 14, 90, 12].map((value) => round(value)),
    round(3, { ok: false }),
    round(4, { interrupted: true, ok: false }),
    {
      t: START + 6000,
      kind: 'event',
      name: 'benchmark-ended',
      data: { benchmark: 'list people', reason: 'enough-rounds', why: '7 rounds' },
    },
  ];
  const plan = { phases: [], mix: [], seed: 1 };
  const dir = runDirectory(runJson({ runner: 'bench', profiles: ['bench'], plan }), samples);
  const { summary } = await conclude(dir);
  const [row] = summary.benchmarks;
  assert.ok(row);
  assert.deepEqual(
    [row.rounds, row.failed, row.min, row.median, row.outliers, row.farthest, row.ended],
    [7, 1, 10, 12, 1, [{ round: 6, value: 90 }], '7 rounds'],
  );
  assert.deepEqual([row.perSecond, row.medianCi], [1000 / 12, [10, 90]]);
  const page = readFileSync(join(dir, 'index.html'), 'utf8');
  assert.match(page, /<h2 id="benchmarks">/);
  assert.match(page, /1: 90\.0 in round 6/);
  assert.match(readFileSync(join(dir, 'summary.md'), 'utf8'), /\| list people \| 7 \|/);
  const other = runDirectory(runJson(), healthySamples());
  assert.deepEqual((await conclude(other)).summary.benchmarks, []);
  assert.doesNotMatch(readFileSync(join(other, 'index.html'), 'utf8'), /id="benchmarks"|#benchmarks/);
});

test('coarse steps are counted, with how much too long they may be at most, also where a run does not say', async () => {
  const about = { kind: 'step', unit: 'ms', ok: true, clock: 'driver', session: 'b0', t: START + 5 } as const;
  const said = [12, 80].map((offByAtMost) => ({ ...about, name: 'save a file', value: 400, offByAtMost }));
  const report = async (more: readonly Sample[]) => {
    const dir = runDirectory(runJson(), [...healthySamples(), ...said, ...more]);
    await conclude(dir);
    const { steps } = JSON.parse(readFileSync(join(dir, 'summary.json'), 'utf8'));
    const page = readFileSync(join(dir, 'index.html'), 'utf8');
    return { step: steps.find(({ name }: { name: string }) => name === 'save a file'), page };
  };
  const { step, page } = await report([]);
  assert.deepEqual([step.coarse, step.offByAtMost], [2, 80]);
  assert.match(
    page,
    /2 step times are coarse: none is too short, and each may be too long, by 80.0 ms at most\. They are of save a file \(2 of 2, by 80.0 ms at most\)/,
  );
  const old = await report([{ ...about, name: 'an older step', value: 900 }]);
  assert.match(old.page, /3 step times are coarse: .* by 500 ms at most/);
});

test('without any style sheet, lines of charts have colours, and no two texts run together', async () => {
  const dir = runDirectory(runJson(), watchedSamples());
  const page = readFileSync((await conclude(dir)).reportPath, 'utf8');
  const paths = page.match(/<path [^>]*>/g) ?? [];
  assert.ok(paths.length > 10);
  for (const path of paths)
    assert.match(
      path,
      / stroke="#\w{6}" .*vector-effect="non-scaling-stroke"| fill="#\w{6}" opacity="[\d.]+"/,
    );
  assert.doesNotMatch(page, / style="/);
  assert.doesNotMatch(page, /<\/span><span>|\w<small>/);
});

test('one failure in two journeys is two rows of summary.md, and each says in which', async () => {
  const failed = (journey: string): Sample => ({
    t: START + 5000,
    kind: 'step',
    name: 'return to the dashboard',
    journey,
    session: 'b1',
    role: 'resident',
    via: 'browser',
    value: 100,
    unit: 'ms',
    ok: false,
    error: 'no heading',
    errorKind: 'other',
  });
  const dir = runDirectory(runJson(), [
    ...healthySamples(),
    failed('view calls'),
    failed('request an absence'),
  ]);
  await conclude(dir);
  const rows = readFileSync(join(dir, 'summary.md'), 'utf8')
    .split('\n')
    .filter((row) => row.includes('| no heading |'));
  assert.deepEqual(rows.map((row) => row.split('|')[1]?.trim()).sort(), ['request an absence', 'view calls']);
});
