/** `npx loadtest <command>`. */
import { plainConsole } from '../config/command-line/plain-console.ts';
import { settleNobody } from '../config/environment.ts';
import { signals } from '../runner/signals.ts';
import { executeAndExplain } from './execute.ts';

plainConsole();
settleNobody();
signals.guard();
process.exitCode = await executeAndExplain(process.argv.slice(2));
