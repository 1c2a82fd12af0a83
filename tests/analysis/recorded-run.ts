/** A recorded run (recorded/README.md), concluded by the suite as it is. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { conclude } from '../../analysis/conclude.ts';
import { asRecorded, inOrderOfNames, type Recorded, withNamesOfToday } from './comparable-summary.ts';

const RECORDED = join(import.meta.dirname, 'recorded');
const SAMPLES = 'samples.ndjson.gz';
const EXPECTED = 'expected-summary.json.gz';

export function recordedRuns(): string[] {
  return readdirSync(RECORDED, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** What was concluded of it when it was recorded, with the names of today. */
export function expectedSummary(name: string): unknown {
  const summary = JSON.parse(gunzipSync(readFileSync(join(RECORDED, name, EXPECTED))).toString());
  return inOrderOfNames(withNamesOfToday(summary));
}

/** What is concluded of it now, as in `summary.json`. `change`: the text of its samples, before it is read. */
export async function concluded(name: string, change?: (samples: string) => string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-run-'));
  try {
    copyFileSync(join(RECORDED, name, 'run.json'), join(folder, 'run.json'));
    const packed = readFileSync(join(RECORDED, name, SAMPLES));
    const samples = change ? gzipSync(change(gunzipSync(packed).toString())) : packed;
    writeFileSync(join(folder, SAMPLES), samples);
    await conclude(folder);
    return inOrderOfNames(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Replaces what is expected of a run by what is concluded of it now, in the form of those that are not replaced. */
export async function expectWhatIsConcluded(name: string): Promise<void> {
  const summary = JSON.stringify(asRecorded((await concluded(name)) as Recorded));
  writeFileSync(join(RECORDED, name, EXPECTED), gzipSync(summary, { level: 9 }));
}
