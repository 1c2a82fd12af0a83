/**
 * `npm run test:containers`: builds the images of docker/ without a daemon, runs a smoke load from one container against the
 * other, and checks the compose file with Compose itself. Prints a line a proof and, last, `N passed, N failed`.
 */
import { runProgram } from '../../config/command-line/run-program.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';
import { chosen } from '../proof-files.ts';
import { baseImages, useOwnStore } from './images.ts';
import { needPrograms } from './programs.ts';
import { PROOFS } from './proofs.ts';

await runProgram({
  name: 'npm run test:containers --',
  about: 'build the images, run one against the other, and check the compose file',
  argument: ['[proof...]', `of ${PROOFS.map(({ name }) => name).join(', ')} (default: all)`],
  options: {},
  examples: ['npm run test:containers -- compose'],
  exits: { passed: 'all passed', failed: 'a proof failed', wrongUse: true },
  run: async (_, names) => prove(names),
});

async function prove(names: readonly string[]): Promise<number> {
  const proofs = chosen(PROOFS, names);
  needPrograms();
  useOwnStore();
  if (proofs.some(({ needsImages }) => needsImages)) console.log(baseImages());
  let failed = 0;
  for (const { name, run } of proofs) {
    const began = performance.now();
    const result = await run().then(
      (seen) => `passed: ${seen}`,
      (error: Error) => {
        failed += 1;
        return `FAILED: ${error.message}`;
      },
    );
    console.log(`${name} (${Math.round((performance.now() - began) / 1000)} s) ${result}`);
  }
  console.log(`${proofs.length - failed} passed, ${failed} failed`);
  return failed === 0 ? PASSED : FAILED;
}
