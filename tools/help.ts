/** `npm run help`: the npm scripts with one line each, from `scripts-info` in package.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../config/root.ts';

const { 'scripts-info': lines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  'scripts-info': Record<string, string>;
};

/** npm knows these two without `run`. */
const SHORT = ['start', 'test'];
const commands = Object.entries(lines).map(
  ([name, line]) => [SHORT.includes(name) ? `npm ${name}` : `npm run ${name}`, line] as const,
);
const width = Math.max(...commands.map(([command]) => command.length));
for (const [command, line] of commands) console.log(`${command.padEnd(width)}  ${line}`);
console.log('\nOptions follow two dashes: npm run test:unit -- analysis/gates');
