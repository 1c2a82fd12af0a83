/** A recorded run (recorded/README.md), concluded by the suite as it is. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { conclude } from '../../analysis/conclude.ts';
import { RENAMED, withNamesOfToday } from './comparable-summary.ts';

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
  return withNamesOfToday(JSON.parse(gunzipSync(readFileSync(join(RECORDED, name, EXPECTED))).toString()));
}

/** What is concluded of it now, as in `summary.json`. `change`: the text of its samples, before it is read. */
export async function concluded(name: string, change?: (samples: string) => string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-run-'));
  try {
    copyFileSync(join(RECORDED, name, 'run.json'), join(folder, 'run.json'));
    const packed = readFileSync(join(RECORDED, name, SAMPLES));
    const changes = [
      ...(Object.keys(RENAMED).length > 0 ? [samplesOfToday] : []),
      ...(change ? [change] : []),
    ];
    const samples = changes.reduce((text, one) => one(text), gunzipSync(packed).toString());
    writeFileSync(join(folder, SAMPLES), changes.length > 0 ? gzipSync(samples) : packed);
    await conclude(folder);
    return JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Replaces what is expected of a run by what is concluded of it now. */
export async function expectWhatIsConcluded(name: string): Promise<void> {
  const summary = JSON.stringify(await concluded(name));
  writeFileSync(join(RECORDED, name, EXPECTED), gzipSync(summary, { level: 9 }));
}

/** A line that a kill has torn stays as it is. */
function samplesOfToday(samples: string): string {
  const renamed = (line: string) => {
    try {
      return JSON.stringify(withNamesOfToday(JSON.parse(line)));
    } catch {
      return line;
    }
  };
  return samples.split('\n').map(renamed).join('\n');
}
