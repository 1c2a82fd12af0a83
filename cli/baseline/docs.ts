import { join } from 'node:path';
import { plural } from '../../analysis/format.ts';
import { writeAsked } from '../../compare/asked-file.ts';
import { allBaselines, type Baseline, baselineName, readBaseline } from '../../compare/baseline-file.ts';
import { baselinesPage, type PageHistory } from '../../compare/baselines-page.ts';
import { historyFolder, isSameRun, profilesIn, runsOf } from '../../compare/history.ts';
import { ROOT, readEnvironment } from '../../config/environment.ts';
import { PASSED } from '../../config/exit-codes.ts';

export function writeBaselinesPage({ markdown }: { markdown?: string }): number {
  const file = markdown ?? join(ROOT, 'docs/baselines.md');
  const { reportsDir } = readEnvironment();
  const baselines = new Map(allBaselines(reportsDir).map((one) => [baselineName(one), readBaseline(one)]));
  writeAsked(file, baselinesPage(baselines, historyBeside(baselines, historyFolder(reportsDir))));
  console.log(`${file}: written from ${plural(baselines.size, 'baseline')}`);
  return PASSED;
}

/** Runs of the history and those that only a baseline has. */
function historyBeside(baselines: ReadonlyMap<string, Baseline>, store: string): PageHistory[] {
  const kept = new Map(
    profilesIn(store).map(({ environment, profile }) => [
      `${environment}/${profile}`,
      runsOf(store, environment, profile),
    ]),
  );
  const names = [...new Set([...baselines.keys(), ...kept.keys()])].sort();
  return names.map((name) => {
    const [inHistory, ofBaseline] = [kept.get(name) ?? [], baselines.get(name)?.runs ?? []];
    const others = ofBaseline.filter((run) => !inHistory.some((one) => isSameRun(one, run)));
    const runs = [...inHistory, ...others].sort((a, b) => a.start.localeCompare(b.start));
    return { name, runs, inBaseline: new Set(ofBaseline.map(({ id }) => id)) };
  });
}
