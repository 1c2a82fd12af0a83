/** `npm run help`: the npm scripts with one line each. */
import { npmScripts } from './npm-scripts.ts';

const commands = npmScripts();
const width = Math.max(...commands.map(([command]) => command.length));
for (const [command, line] of commands) console.log(`${command.padEnd(width)}  ${line}`);
console.log('\nOptions follow two dashes: npm run test:unit -- analysis/gates');
