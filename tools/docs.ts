/**
 * `npm run docs`: writes docs/journeys.md from the registry and from one run of every journey on the embedded
 * scheduler: what is there is what was seen.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flag, text } from '../config/command-line/option.ts';
import { runProgram } from '../config/command-line/run-program.ts';
import { ROOT, readEnvironment } from '../config/environment.ts';
import { FAILED, PASSED } from '../config/exit-codes.ts';
import { setUpBrowser } from '../runner/set-up-browser.ts';
import { journeysPage } from './journeys-page.ts';
import { runOfEveryJourney } from './journeys-run.ts';

const PAGE = join(ROOT, 'docs/journeys.md');

await runProgram({
  name: 'npm run docs --',
  about: 'write docs/journeys.md from a run of every journey on the embedded scheduler',
  options: {
    check: flag('--check', 'write nothing, and fail where the page is out of date'),
    from: text('--from <directory>', 'run directory of the perf project (default: a new run)'),
  },
  examples: ['npm run docs -- --check --from reports/runs/latest'],
  exits: {
    passed: 'the page is up to date',
    failed: 'the page is out of date',
    wrongUse: 'wrong use, or a journey failed',
  },

  async run({ check, from }) {
    const page = from ? await journeysPage(from) : await pageOfNewRun();
    if (!check) writeFileSync(PAGE, page);
    else if (readFileSync(PAGE, 'utf8') !== page) {
      console.error('docs/journeys.md is out of date: run `npm run docs` and commit it');
      return FAILED;
    }
    return PASSED;
  },
});

async function pageOfNewRun(): Promise<string> {
  setUpBrowser(readEnvironment());
  return journeysPage(runOfEveryJourney());
}
