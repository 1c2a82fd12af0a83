/** Each command that README and the documents give is one that this suite takes, with what they say beside it. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkAccountNumbers, usersOf } from '../../artillery/profile/accounts-needed.ts';
import { pacedPlan } from '../../artillery/profile/pace.ts';
import { readScript } from '../../artillery/profile/plan-of-file.ts';
import { COMMANDS } from '../../cli/commands.ts';
import { type Command, isGroup } from '../../config/command-line/definition.ts';
import { runCommand } from '../../config/command-line/parse.ts';
import { checkUsers, ROOT, readEnvironment } from '../../config/environment.ts';
import { variables } from '../../config/variables.ts';
import { loadAccounts } from '../../fixtures/accounts.ts';
import { type DocumentedCommand, documentedAccounts, documentedCommands } from './documented.ts';
import { enoughAccounts } from './enough-accounts.ts';

const PACKAGE = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const PROJECTS = readFileSync(join(ROOT, 'playwright.config.ts'), 'utf8');
/** Variables of entries in config/environments.yml, of `npm run scheduler` and of `npm run bench:http`. */
const OTHER_VARIABLES = /^(STAGING|PRODUCTION)_[A-Z]+$|^PORT$|^K6_PATH$|^PATH$|^SCHEDULER_[A-Z_]+$/;

const COMMANDS_OF: Record<string, (command: DocumentedCommand) => void | Promise<void>> = {
  'npx loadtest': async ({ words, settings }) => {
    await parseOnly(words.slice(2));
    if (words[2] === 'run' && !words.includes('--list')) enoughAccounts(words, settings);
  },
  'npx artillery': ({ words, settings }) => {
    const [, , verb, ...rest] = words;
    assert.equal(verb, 'run');
    for (const file of rest.filter((word) => !word.startsWith('-'))) planned(file, settings);
    enoughAccounts(words, settings);
  },
  'npx playwright': ({ words }) => {
    for (const word of words) {
      const [, project] = /^--project=(.*)$/.exec(word) ?? [];
      if (project) assert.ok(PROJECTS.includes(`name: '${project}'`), `there is no project ${project}`);
    }
  },
  'npm run': ({ words: [, , script = ''] }) => assert.ok(PACKAGE.scripts[script], `no script ${script}`),
  'node --test': ({ words }) => {
    for (const file of words.filter((word) => word.endsWith('.ts'))) assert.ok(existsSync(join(ROOT, file)));
  },
};

const folder = mkdtempSync(join(tmpdir(), 'documented-'));
after(() => rmSync(folder, { recursive: true }));
const ACCOUNTS = join(folder, 'accounts.yml');
writeFileSync(ACCOUNTS, documentedAccounts('Rounds-0700'));

/** Finds the command and its options, and does nothing. */
async function parseOnly(words: string[]): Promise<void> {
  const idle = (definition: Command): Command => ({ ...definition, run: () => 0 });
  const entries = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, [about, load]]) => {
      const { default: found } = await load();
      if (!isGroup(found)) return { name, about, definition: idle(found) };
      const parts = Object.entries(found.commands).map(([part, one]) => [part, idle(one)]);
      return { name, about, definition: { ...found, commands: Object.fromEntries(parts) } };
    }),
  );
  const program = { name: 'npx loadtest', about: '', version: '', examples: [] };
  assert.equal(await runCommand(program, entries, words), 0);
}

/** What is checked before a run without a target: environment, plan, pace, users, and accounts as README has them. */
function planned(file: string, settings: Record<string, string>): void {
  const isAccounts = /^(\w+_)?ACCOUNTS(_FILE)?$/;
  const there = Object.entries(settings).map(([name, value]) => [
    name,
    isAccounts.test(name) ? ACCOUNTS : value,
  ]);
  const environment = readEnvironment(Object.fromEntries(there));
  const { plan } = pacedPlan(readScript(file), environment);
  checkUsers(environment, usersOf(plan), plan.profile);
  if (settings.ACCOUNTS_FILE) checkAccountNumbers(plan, loadAccounts(ACCOUNTS), 'README.md');
}

const all = documentedCommands();

test('there are commands for a first run, a deployment and its tests', () => {
  for (const text of ['npm start', 'npx loadtest doctor', 'npx playwright test --project=perf'])
    assert.ok(
      all.some((command) => command.text.endsWith(text)),
      text,
    );
  assert.ok(all.length > 60, `${all.length}`);
});

for (const [text, command] of new Map(all.map((one) => [one.text, one]))) {
  test(`${command.page}: ${text}`, async (t) => {
    t.mock.method(console, 'log', () => undefined);
    for (const name of Object.keys(command.settings))
      assert.ok(name in variables.shape || OTHER_VARIABLES.test(name), `${name} is no variable`);
    const [program = '', verb = ''] = command.words;
    const check = COMMANDS_OF[`${program} ${verb}`];
    if (check) await check(command);
  });
}
