/** docs/reference.md says what the code declares, and leaves nothing out. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { COMMANDS } from '../../cli/commands.ts';
import { ROOT } from '../../config/root.ts';
import { variables } from '../../config/variables.ts';
import {
  describedVariables,
  referredVariables,
  schedulerVariables,
} from '../../tools/reference/described-variables.ts';
import { referencePage } from '../../tools/reference/page.ts';

const page = await referencePage();
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('docs/reference.md is what `npm run reference` writes', () => {
  assert.equal(textOf('docs/reference.md'), page);
});

test('it has a row for each command, script and variable', () => {
  for (const name of Object.keys(COMMANDS))
    assert.match(page, new RegExp(`^\\| \`npx loadtest ${name}\\b`, 'm'));
  for (const name of Object.keys(JSON.parse(textOf('package.json')).scripts))
    assert.match(page, new RegExp(`^\\| \`npm (run )?${name}\` \\| \\S`, 'm'));
  for (const name of Object.keys(variables.shape))
    assert.match(page, new RegExp(`^\\| \`${name}\` \\| \\S`, 'm'));
  const read = [...textOf('fixtures/scheduler/server/settings.ts').matchAll(/\bSCHEDULER_[A-Z_]+\b/g)];
  for (const [name] of read) assert.match(page, new RegExp(`^\\| \`${name}\` \\| \\S`, 'm'));
});

test('a page that a description names is a link', () => {
  assert.match(page, /^\| `THROTTLE` \|.* \[docs\/configuration\.md\]\(configuration\.md\) \|$/m);
});

test('a variable has its values, default and meaning, and the part that it stands in', () => {
  const text = `# Copy this.

# --- how much (docs/cost.md) ------

# URL, e.g. http://a.b:1/c, no default. Where it is; or
# was. Really.
A_URL=

# true or false, default: as the profile says, else false. Shows it.
SHOWN=
`;
  assert.deepEqual(describedVariables(text), [
    {
      part: 'how much (docs/cost.md)',
      name: 'A_URL',
      values: 'URL, e.g. http://a.b:1/c',
      otherwise: 'none',
      meaning: 'Where it is; or was. Really.',
    },
    {
      part: 'how much (docs/cost.md)',
      name: 'SHOWN',
      values: 'true or false',
      otherwise: 'as the profile says, else false',
      meaning: 'Shows it.',
    },
  ]);
  assert.throws(
    () => describedVariables('# A port of the machine.\nPORT=\n'),
    /^Error: PORT: 'A port of the/,
  );
});

test('variables of environments and of the embedded scheduler are read where they are declared', () => {
  const environments = `lab: { baseUrl: '\${LAB_URL}', addresses: ['\${LAB_API}'], maxUsers: 5 }\nci: { rateLimits: off }`;
  assert.deepEqual(referredVariables(environments), [
    ['LAB_URL', 'lab.baseUrl'],
    ['LAB_API', 'lab.addresses'],
  ]);
  assert.deepEqual(
    schedulerVariables(' * | Variable | Type |\n * | SCHEDULER_X  | on, off | (none)  | it is on |\n'),
    [{ part: '', name: 'SCHEDULER_X', values: 'on, off', otherwise: 'none', meaning: 'it is on' }],
  );
});
