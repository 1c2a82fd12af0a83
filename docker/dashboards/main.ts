/**
 * `npm run dashboards`: writes docker/grafana/dashboards/, a file a dashboard, of the sources beside this file. With `--check`
 * nothing is written: exits 1 where a file is not what they make.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flag } from '../../config/command-line/option.ts';
import { runProgram } from '../../config/command-line/run-program.ts';
import { ROOT } from '../../config/environment.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';
import { DASHBOARDS, textOf } from './dashboards.ts';

const FOLDER = 'docker/grafana/dashboards';

await runProgram({
  name: 'npm run dashboards --',
  about: `write the dashboards of Grafana into ${FOLDER}`,
  options: { check: flag('--check', 'write nothing, and compare what is there') },
  examples: ['npm run dashboards -- --check'],
  exits: { passed: 'all are there', failed: 'with --check: one is another', wrongUse: true },
  run: async ({ check }) => {
    const other = DASHBOARDS.map((built) => ({
      file: `${FOLDER}/${built.uid}.json`,
      text: textOf(built),
    })).filter(
      ({ file, text }) => !existsSync(join(ROOT, file)) || readFileSync(join(ROOT, file), 'utf8') !== text,
    );
    for (const { file, text } of other) {
      if (!check) writeFileSync(join(ROOT, file), text);
      console.log(
        `${file}: ${check ? 'not what docker/dashboards/ makes. Run `npm run dashboards`.' : 'written'}`,
      );
    }
    return check && other.length > 0 ? FAILED : PASSED;
  },
});
