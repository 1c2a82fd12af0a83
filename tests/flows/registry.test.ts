import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { CHANGES } from '../../config/changes.ts';
import { ROOT } from '../../config/environment.ts';
import { ROLES } from '../../config/roles.ts';
import type { Journey } from '../../flows/journey.ts';
import { journeys, journeysOf } from '../../flows/registry.ts';

const files = globSync(`flows/{${ROLES.join(',')}}/*.ts`, { cwd: ROOT }).sort();

test('names are unique: they are what samples, gates and reports know a journey by', () => {
  assert.equal(new Set(journeys.map(({ name }) => name)).size, journeys.length);
  for (const { name } of journeys) assert.match(name, /^[a-z][a-z -]+$/, 'reads as what the user does');
});

test('every role has something to do, also where nothing may be changed', () => {
  for (const role of ROLES) {
    assert.ok(journeysOf(role, CHANGES).length > 0, role);
    assert.ok(journeysOf(role, CHANGES).every((journey) => journey.role === role));
    assert.ok(journeysOf(role, []).every(({ changes }) => changes.length === 0));
  }
});

test('weights are above 0, so that each journey is drawn', () => {
  for (const { name, weight } of journeys) assert.ok(weight > 0, name);
});

test('each file is registered once and has the role of its folder', async () => {
  const found: Journey[] = [];
  for (const file of files) {
    const { default: journey } = (await import(pathToFileURL(join(ROOT, file)).href)) as { default: Journey };
    const [, role] = file.split('/');
    assert.equal(journey.role, role, file);
    assert.ok(journeys.includes(journey), `${file} is found`);
    found.push(journey);
  }
  assert.equal(new Set(found).size, journeys.length, 'and nothing else is');
});
