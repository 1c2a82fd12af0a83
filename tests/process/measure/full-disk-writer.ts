/** A program for tests: records a sample every few ms under whatever limit it was started with, until it is asked to end. */
import { Recorder } from '../../../measure/run/recorder.ts';

const recorder = new Recorder(process.argv[2] as string);
let n = 0;
const filling = 'x'.repeat(200);
const writing = setInterval(() => {
  n += 1;
  recorder.write({ t: Date.now(), kind: 'count', name: 'tick', value: n, page: filling });
}, 2);
process.stdin.on('end', () => {
  clearInterval(writing);
  recorder.close();
  console.log(JSON.stringify({ count: recorder.count, lost: recorder.lost }));
});
process.stdin.resume();
