import assert from 'node:assert/strict';
import { it } from 'node:test';
import { unpinnedActions } from '../../tools/unpinned-actions.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

it('passes what is pinned by commit with its version beside it, and what comes with the checkout', () => {
  const workflow = `      - uses: some/action@${COMMIT} # v1.2.3\n        uses: ./local\n      - run: npm ci\n`;
  assert.deepEqual(unpinnedActions('ci.yml', workflow), []);
});

it('names the line of an action that can be moved', () => {
  for (const name of [
    'some/action@v4',
    'some/action@main',
    'some/action@0123456',
    'some/action',
    "'some/action@v4'",
  ]) {
    const found = unpinnedActions('ci.yml', `jobs:\n      - uses: ${name} # v4\n`);
    assert.equal(found.length, 1, name);
    assert.match(found[0] ?? '', /^ci\.yml:2: some\/action.*: not pinned/);
  }
});

it('asks for the version beside the commit', () => {
  assert.match(
    unpinnedActions('ci.yml', `- uses: some/action@${COMMIT}`)[0] ?? '',
    /no version beside the commit/,
  );
});
