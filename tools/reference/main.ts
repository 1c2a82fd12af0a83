/** `npm run reference`: writes docs/reference.md from the declarations of commands, scripts and variables. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flag } from '../../config/command-line/option.ts';
import { runProgram } from '../../config/command-line/run-program.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';
import { ROOT } from '../../config/root.ts';
import { referencePage } from './page.ts';

const PAGE = join(ROOT, 'docs/reference.md');

await runProgram({
  name: 'npm run reference --',
  about: 'write docs/reference.md from the declarations of commands, scripts and variables',
  options: { check: flag('--check', 'write nothing, and fail where the page is out of date') },
  examples: ['npm run reference -- --check'],
  exits: { passed: 'the page is up to date', failed: 'the page is out of date', wrongUse: true },

  async run({ check }) {
    const page = await referencePage();
    if (!check) writeFileSync(PAGE, page);
    else if (readFileSync(PAGE, 'utf8') !== page) {
      console.error('docs/reference.md: out of date. Run `npm run reference` and commit it.');
      return FAILED;
    }
    return PASSED;
  },
});
