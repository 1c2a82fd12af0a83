import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { planOf } from '../../artillery/profile/plan-of.ts';
import { withLine } from '../../artillery/profile/profile-mistake.ts';
import { ConfigError } from '../../config/errors.ts';
import { temporaryFolder } from './suite-process.ts';

const GOOD = `config:
  target: http://127.0.0.1
  plugins:
    suite: { profile: trial, users: 4 }
  phases:
    - { name: first, duration: 10, users: 4 }
    - name: second
      duration: 10
      arrivalCount: 4
scenarios:
  - { name: residents, engine: api, weight: 1, flowFunction: resident }
  - { name: faculty, engine: api, weight: 1, flowFunction: faculty }
`;

test('a mistake in a profile is reported with its file and line', (t) => {
  const file = join(temporaryFolder(t), 'profile.yml');
  const mistakes: Array<[from: string, to: string, line: number, says: RegExp]> = [
    ['users: 4 }\n  phases', 'user: 4 }\n  phases', 4, /unknown key 'user'/],
    ['duration: 10, users: 4', 'duration: 10, users: 0', 6, /phase "first": users: 0 holds nobody/],
    ['users: 4 }\n    - name', 'users: { resident: 4 } }\n    - name', 6, /did you mean residents\?/],
    ['arrivalCount: 4', 'arrivalCount: 4\n      rampTo: 9', 10, /phase "second": rampTo: a rate to ramp to/],
    ['arrivalCount: 4', 'arrivals: 4', 9, /phase "second": arrivals: not known/],
    ['      arrivalCount: 4\n', '', 7, /phase "second" starts nobody/],
    [
      'flowFunction: faculty',
      'flowFunction: nurse',
      12,
      /scenario "faculty": flowFunction: nurse is not a role/,
    ],
    ['scenarios:', 'scenario: []\nscenarios:', 10, /unknown key 'scenario'/],
  ];
  for (const [from, to, line, says] of mistakes) {
    const text = GOOD.replace(from, to);
    assert.notEqual(text, GOOD);
    writeFileSync(file, text);
    assert.throws(
      () => {
        try {
          planOf(parse(text), {});
        } catch (error) {
          throw withLine(error, { script: file });
        }
      },
      (error: Error) => {
        assert.ok(error instanceof ConfigError);
        const place = `${relative(process.cwd(), file)}:${line}: profile trial: `;
        assert.ok(error.message.startsWith(place), `${error.message} does not start with ${place}`);
        assert.match(error.message, says);
        return true;
      },
    );
  }
  assert.doesNotThrow(() => planOf(parse(GOOD), {}));
});

test('what is no mistake of a profile, or of one that is a program, has no line', () => {
  const other = new ConfigError('VUS=-1: not a whole number');
  assert.equal(withLine(other, { script: 'x.yml' }), other);
  assert.throws(
    () => planOf({ config: { phases: [] }, scenarios: [] }, {}),
    (error: Error) => {
      const told = withLine(error, { script: join(process.cwd(), 'profile.ts') }) as Error;
      assert.match(told.message, /^profile\.ts: profile custom: it has no scenarios/);
      return true;
    },
  );
});
