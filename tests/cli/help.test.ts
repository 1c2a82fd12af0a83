/** The command line of `npx loadtest` as a whole: one form of help, and the nearest name for a misspelt one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { COMMAND_GROUPS, COMMANDS } from '../../cli/commands.ts';
import { execute } from '../../cli/execute.ts';
import { type Command, isGroup } from '../../config/command-line/definition.ts';
import { ConfigError } from '../../config/errors.ts';
import { told } from './in-process.ts';

const LONG_OPTION = /--([a-z-]+)/;

/** Every command with the words that call it, and its definition where it is no group of commands. */
async function everyCommand(): Promise<Array<{ words: string[]; definition?: Command }>> {
  const all = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, [, load]]) => {
      const { default: definition } = await load();
      if (!isGroup(definition)) return [{ words: [name], definition }];
      const parts = Object.entries(definition.commands).map(([part, command]) => ({
        words: [name, part],
        definition: command,
      }));
      return [{ words: [name] }, ...parts];
    }),
  );
  return all.flat();
}

/** A word with two letters swapped; of one letter less where they are the same. */
function misspelt(word: string): string {
  const [first = '', second = ''] = word.slice(-2);
  return first === second ? word.slice(0, -1) : `${word.slice(0, -2)}${second}${first}`;
}

test('the help of each command has usage, a sentence, an example and exit codes', async () => {
  for (const { words } of await everyCommand()) {
    const title = ['npx', 'loadtest', ...words].join(' ');
    for (const asked of [
      [...words, '--help'],
      [...words, '-h'],
    ]) {
      const { code, said } = await told(asked);
      assert.equal(code, 0, title);
      assert.match(
        said,
        new RegExp(`^Usage: ${title} \\[options\\].*\n\n[A-Z][^\n]*(?:[^?]\\.|\\?)\n`),
        said,
      );
      assert.match(said, new RegExp(`\nExamples?:\n(  .*\n)*  .*${title}.*\n`), said);
      assert.match(said, /\nExit codes:\n {2}0 {4}\S.*\n( {2}.*\n)* {2}2 {4}\S/, said);
    }
  }
});

test('the help of each command lists its options, and its usage no more than that', async () => {
  for (const { words, definition } of await everyCommand()) {
    const { said } = await told([...words, '--help']);
    for (const { flags } of Object.values(definition?.options ?? {}) as Array<{ flags: string }>)
      assert.match(said, new RegExp(`^ {2}${flags} `, 'm'));
  }
});

test('a misspelt option of a command is refused with the nearest one', async () => {
  for (const { words, definition } of await everyCommand())
    for (const { flags } of Object.values(definition?.options ?? {}) as Array<{ flags: string }>) {
      const [, option = ''] = LONG_OPTION.exec(flags) ?? [];
      // Of one letter every other is a neighbour.
      if (option.length === 1) continue;
      const wrong = misspelt(option);
      await assert.rejects(execute([...words, `--${wrong}`]), {
        name: ConfigError.name,
        exitCode: 2,
        message: `loadtest ${words.join(' ')}: unknown option '--${wrong}'. Did you mean --${option}? See \`npx loadtest ${words.join(' ')} --help\`.`,
      });
    }
});

test('a misspelt command is refused with the nearest one', async () => {
  for (const { words } of await everyCommand()) {
    const before = words.slice(0, -1);
    const name = words.at(-1) ?? '';
    const wrong = misspelt(name);
    await assert.rejects(execute([...before, wrong]), ({ message, exitCode }) => {
      const title = ['loadtest', ...before].join(' ');
      assert.ok(message.startsWith(`${title}: unknown command '${wrong}'. Did you mean ${name}?`), message);
      assert.equal(exitCode, 2);
      return true;
    });
  }
});

test('an option without its value is refused, also where another option follows', async () => {
  for (const { words, definition } of await everyCommand())
    for (const { flags } of Object.values(definition?.options ?? {}) as Array<{ flags: string }>) {
      if (!flags.includes('<')) continue;
      const [option = ''] = flags.split(' ');
      for (const [more, says] of [
        [[], 'argument missing'],
        [['--help'], "argument '--help' is invalid. Write a value before the next option"],
      ] as const)
        await assert.rejects(execute([...words, option, ...more]), {
          name: ConfigError.name,
          exitCode: 2,
          message: `loadtest ${words.join(' ')}: option '${flags}' ${says}. See \`npx loadtest ${words.join(' ')} --help\`.`,
        });
    }
});

test('without words the commands are listed by what one wants to do, and the version is that of the package', async () => {
  const { said, code } = await told([]);
  assert.equal(code, 0);
  for (const [group, commands] of Object.entries(COMMAND_GROUPS)) {
    const listed = said.split(`\n${group}\n`)[1]?.split('\n\n')[0]?.split('\n') ?? [];
    assert.deepEqual(
      listed.map((line) => line.trim().split(' ')[0]),
      Object.keys(commands),
      said,
    );
  }
  for (const [name, [about]] of Object.entries(COMMANDS)) {
    const line = said.split('\n').find((text) => text.startsWith(`  ${name} `));
    assert.ok(line?.endsWith(about), said);
  }
  assert.deepEqual(await told(['--help']), { said, code });
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  assert.deepEqual(await told(['--version']), { said: `${version}\n`, code: 0 });
});

test('help <command> prints what <command> --help prints', async () => {
  assert.deepEqual(await told(['help', 'doctor']), await told(['doctor', '--help']));
  assert.deepEqual(await told(['accounts', 'help', 'create']), await told(['accounts', 'create', '-h']));
});
