/** Adds runs to the baseline and to the history, one after the other, as fast as it can. */
import { execute } from '../../../cli/execute.ts';

const [kind = '', ...runs] = process.argv.slice(2);
for (const run of runs) await execute([kind, 'add', run]);
