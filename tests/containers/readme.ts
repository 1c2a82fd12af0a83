/** README's commands, word for word, in a container of the suite that has no network and may not write its root. */
import assert from 'node:assert/strict';
import { FAILED, INVALID, PASSED, WRONG_USE } from '../../config/exit-codes.ts';
import { documentedCommands } from '../cli/documented.ts';
import { removeVolumes, runContainer } from './containers.ts';
import { SUITE } from './images.ts';

const RESULTS = 'loadtest-readme';
const ANYBODY = '23456:23456';
/** What runs make of a busy machine is not asked here: gates may fail, and runs may be invalid. */
const DONE = [PASSED, FAILED, INVALID];
/** They ask for a deployment or a server, whose address README leaves open. */
const NEED_AN_ADDRESS = [
  'npx loadtest accounts create',
  'npx loadtest seed',
  'npx loadtest upload --to influxdb',
];
/** All audits take half an hour: README names the short form beside them. A file goes where the container may write (docs/containers.md). */
const ADAPTED = new Map([
  ['npx loadtest audit', 'npx loadtest audit --quick'],
  ['npx loadtest accounts template', 'npx loadtest accounts template --output /reports/accounts.yml'],
]);

/** Gives what was seen, in a few words. */
export function readme(): string {
  removeVolumes(RESULTS);
  const texts = documentedCommands()
    .filter(({ page, settings, words }) => page === 'README.md' && words[0] === 'npx' && !settings.BASE_URL)
    .map(({ text }) => ADAPTED.get(text) ?? text);
  // Those that look at the newest run come after one.
  const first = 'npx artillery run artillery/smoke.yml';
  const all = [...new Set([first, ...texts])];
  try {
    for (const text of all) {
      const { status, output } = runContainer({
        image: SUITE,
        network: 'none',
        user: ANYBODY,
        volumes: [`${RESULTS}:/reports`],
        env: { DURATION: '20s' },
        command: ['sh', '-c', text],
      });
      const expected = NEED_AN_ADDRESS.includes(text) ? [WRONG_USE] : DONE;
      assert.ok(expected.includes(status ?? -1), `${text}: exit code ${status}\n${output.slice(-3000)}`);
      console.log(`  ${text}: exit code ${status}`);
    }
    return `${all.length} commands of README`;
  } finally {
    removeVolumes(RESULTS);
  }
}
