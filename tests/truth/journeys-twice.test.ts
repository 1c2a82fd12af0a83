/**
 * A user may draw the same journey twice: what its pages know from the first time, the application asks for no more.
 * Each journey, twice in one session.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { journeys } from '../../flows/registry.ts';
import { ofKind, onStage, type Play } from './stage.ts';

it('every journey can be done twice in one session', async () => {
  await onStage({}, async (stage) => {
    const failed: string[] = [];
    for (const journey of journeys) {
      const play = { id: `twice-${journey.name}`, role: journey.role as Play['role'] };
      const { ok, error } = await stage.inBrowser(play, [journey, journey]);
      if (!ok) failed.push(`${journey.role}: ${journey.name}: ${error}`);
    }
    assert.deepEqual(failed, []);
    const done = ofKind(stage.samples(), 'journey');
    assert.equal(done.length, 2 * journeys.length);
    assert.equal(
      done.every(({ ok }) => ok),
      true,
    );
  });
});
