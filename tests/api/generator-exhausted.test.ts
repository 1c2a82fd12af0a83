import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeNoAnswer, noAnswerKind } from '../../api/client/failure.ts';

test('a request for which the generator had nothing left is named so, and not as the target’s failure', () => {
  for (const code of ['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'ENOMEM']) {
    const own = Object.assign(new Error(`connect ${code} 10.0.0.1:80 - Local (0.0.0.0:0)`), { code });
    for (const error of [own, new Error('fetch failed', { cause: own })]) {
      assert.equal(noAnswerKind(error, false), 'generator-exhausted');
      assert.equal(
        describeNoAnswer(error, 1000, false),
        `never sent, the generator had no descriptor, port or memory left: ${code}`,
      );
    }
  }
});
