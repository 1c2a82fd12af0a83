/** What a run makes of a target that stops answering. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sample } from '../../measure/run/samples.ts';
import type { TargetListener } from '../../measure/target/watch.ts';
import { watchTarget } from '../../runner/watch-target.ts';

function watched(maxUnresponsive: number) {
  const samples: Sample[] = [];
  const ended: string[] = [];
  let listener: TargetListener | undefined;
  const watch = watchTarget(
    {
      watch: (given) => {
        listener = given;
        return () => ({ probes: 9, unanswered: 3 });
      },
    },
    {
      recorder: { write: (sample) => void samples.push(sample) },
      ending: {
        targetDied: (how) => void ended.push(`died: ${how}`),
        targetUnresponsive: (seconds) => void ended.push(`unresponsive for ${seconds} s`),
      },
      maxUnresponsive,
    },
  );
  return { samples, ended, watch, listener: listener as TargetListener };
}

/** What a silence of 17 s is reported as. */
function reportSilence({ silent }: TargetListener): void {
  for (const ms of [5000, 11_000, 17_000]) silent({ since: 1000, ms, isOver: false });
  silent({ since: 1000, ms: 17_200, isOver: true });
}

test('a silence is one event with its length, and ends no run', () => {
  const { samples, ended, watch, listener } = watched(120);
  reportSilence(listener);
  watch.end();
  assert.deepEqual(ended, []);
  assert.deepEqual(
    samples.map((sample) => (sample.kind === 'event' ? [sample.name, sample.data] : undefined)),
    [
      ['target-unresponsive', { since: 1000, ms: 17_200 }],
      ['target-watched', { probes: 9, unanswered: 3 }],
    ],
  );
});

test('one that lasts as long as MAX_UNRESPONSIVE allows ends the run', () => {
  const { ended, listener } = watched(11);
  reportSilence(listener);
  assert.equal(ended[0], 'unresponsive for 11 s');
});

test('a death ends it at once', () => {
  const { ended, listener } = watched(120);
  listener.died('it ended with SIGKILL');
  assert.deepEqual(ended, ['died: it ended with SIGKILL']);
});
