/**
 * A page is audited as it is and with one fault at a time. What does not depend on how quick the machine is differs exactly as the
 * table of docs/audits.md says, and what does by as much as it names.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Result } from 'lighthouse';
import { markdownTable } from '../../analysis/text/markdown-table.ts';
import { ROOT, readEnvironment } from '../../config/environment.ts';
import { openAuditBrowser } from '../../lighthouse/audit-browser.ts';
import { accessibilityOf, figuresOf, opportunitiesOf } from '../../lighthouse/figures.ts';
import { auditPage } from '../../lighthouse/page-audit.ts';
import { USUAL } from '../../lighthouse/usual.ts';
import { startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import { PLANTED, PLANTED_PAGE, type PlantedFault, startPlantedTarget } from './planted-page.ts';

const COUNTS = ['requests', 'third-party requests', 'DOM elements'] as const;
const SIZES = ['transfer size', 'script size'] as const;
const PAGE = { path: PLANTED_PAGE, role: 'visitor', landmark: { name: 'Welcome Back', level: 2 } } as const;

/** Of those whose figure is a time or a place: what the audit says at least, whatever else the machine does. */
const AT_LEAST: Partial<Record<PlantedFault, Partial<Record<'TBT' | 'CLS', number>>>> = {
  // Of each task the first 50 ms do not block.
  '400 ms of work on the main thread': { TBT: 350 },
  'layout shift of 0.3': { CLS: 0.29 },
};

interface Finding {
  value: number;
  /** What changes by less than half of it has not changed. */
  step: number;
}
const KB = 1000;
const TENS_OF_KB = 10 * KB;

/**
 * What is the same on any machine. Bytes are in tens of kB: the fault stands in the document, headers tell times, and how much of a
 * script was used is looked at some moment.
 */
function findingsOf(lhr: Result): Map<string, Finding> {
  const figures = figuresOf(lhr);
  return new Map([
    ...COUNTS.map((name) => [name, { value: figures[name] ?? 0, step: 1 }] as const),
    ...SIZES.map((name) => [name, { value: figures[name] ?? 0, step: TENS_OF_KB }] as const),
    ...accessibilityOf(lhr).map(({ id, elements }) => [`\`${id}\``, { value: elements, step: 1 }] as const),
    ...opportunitiesOf(lhr).map(
      ({ id, bytes }) => [`\`${id}\``, { value: bytes, step: TENS_OF_KB }] as const,
    ),
  ]);
}

/** `requests +1`, in the order of the findings. */
function difference(clean: Map<string, Finding>, planted: Map<string, Finding>): string {
  const names = new Set([...clean.keys(), ...planted.keys()]);
  const changes = [...names].flatMap((name) => {
    const step = (planted.get(name) ?? clean.get(name))?.step ?? 1;
    const by = ((planted.get(name)?.value ?? 0) - (clean.get(name)?.value ?? 0)) / step;
    const size = Math.abs(Math.round(by)) * step;
    if (size === 0) return [];
    return [`${name} ${by > 0 ? '+' : '−'}${step === 1 ? size : `${size / KB} kB`}`];
  });
  return changes.join('; ') || 'nothing';
}

test('each planted fault changes what its row says, and nothing else', async (t) => {
  const scheduler = await startEmbeddedScheduler({ size: 'small' });
  t.after(() => scheduler.stop());
  const target = await startPlantedTarget(scheduler.url);
  t.after(() => target.close());
  const browser = await openAuditBrowser(readEnvironment(), {
    url: target.url,
    apiUrl: `${target.url}/api/v1`,
  });
  t.after(() => browser.close());
  const audited = async (fault?: PlantedFault) => {
    target.plant(fault);
    return (await auditPage(PAGE, browser, target.url, { ...USUAL, repeats: 1 })).lhr;
  };
  const clean = findingsOf(await audited());
  const rows: string[][] = [];
  for (const fault of Object.keys(PLANTED) as PlantedFault[]) {
    const lhr = await audited(fault);
    const figures = figuresOf(lhr);
    const least = Object.entries(AT_LEAST[fault] ?? {}) as Array<['TBT' | 'CLS', number]>;
    for (const [name, value] of least)
      assert.ok((figures[name] ?? 0) >= value, `${fault}: ${name} is ${figures[name]}, not ${value} or more`);
    rows.push([
      fault,
      difference(clean, findingsOf(lhr)),
      least.map(([name, value]) => `${name} ${value}`).join('; '),
    ]);
  }
  const table = markdownTable(
    [
      ['Planted', 'left'],
      ['Changes exactly', 'left'],
      ['Is at least', 'left'],
    ],
    rows,
  );
  const [, committed = ''] =
    /<!-- planted faults -->\s*([\s\S]*?)\s*<!-- \/planted faults -->/.exec(
      readFileSync(join(ROOT, 'docs/audits.md'), 'utf8'),
    ) ?? [];
  assert.equal(table, committed, `docs/audits.md has another table; that of this run is\n${table}\n`);
});
