/** `node tools/release-notes.ts v0.1.0`: what CHANGELOG.md says of a version, for its release. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../config/command-line/run-program.ts';
import { ROOT } from '../config/root.ts';
import { releaseNotes } from './release-notes-of.ts';

await runProgram({
  name: 'node tools/release-notes.ts',
  about: 'print what CHANGELOG.md says of a version, unless it is not ready to be released',
  argument: ['<tag>', 'v and the version, e.g. v0.1.0'],
  options: {},
  examples: ['node tools/release-notes.ts v0.1.0'],
  exits: { passed: 'printed', wrongUse: true },
  run: (_, [tag = '']) => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    console.log(releaseNotes(tag, version, readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')));
    return 0;
  },
});
