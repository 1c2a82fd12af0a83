import assert from 'node:assert/strict';
import { test } from 'node:test';
import { releaseNotes } from '../../tools/release-notes-of.ts';

const CHANGELOG =
  '# Changelog\n\n## 0.2.0 (2026-12-01)\n\n- New.\n\n### Fixed\n\n- Old.\n\n## 0.1.0 (unreleased)\n\n- First.\n';

test('a release says what stands below the heading of its version', () => {
  assert.equal(releaseNotes('v0.2.0', '0.2.0', CHANGELOG), '- New.\n\n### Fixed\n\n- Old.');
});

for (const [what, tag, version, changelog, message] of [
  [
    'the tag of another version',
    'v0.3.0',
    '0.2.0',
    CHANGELOG,
    /^ConfigError: v0\.3\.0: package\.json has version 0\.2\.0\./,
  ],
  [
    'a version that is not in the changelog',
    'v0.2.1',
    '0.2.1',
    CHANGELOG,
    /no heading '## 0\.2\.1 \(date\)'/,
  ],
  ['one that begins like another', 'v0.2', '0.2', CHANGELOG, /no heading '## 0\.2 /],
  ['an unreleased one', 'v0.1.0', '0.1.0', CHANGELOG, /'## 0\.1\.0 \(unreleased\)' has no date\./],
  ['one with nothing new', 'v1.0.0', '1.0.0', '## 1.0.0 (2026-12-01)\n\n## 0.9.0\n', /nothing below/],
] as const)
  test(`${what} is not released`, () => {
    assert.throws(() => releaseNotes(tag, version, changelog), message);
  });
