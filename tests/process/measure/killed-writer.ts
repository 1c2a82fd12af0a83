/** A program for tests: writes a sample every few ms and tells its parent, until it is killed. */
import { Recorder } from '../../../measure/run/recorder.ts';

const recorder = new Recorder(process.argv[2] as string);
let n = 0;
setInterval(() => {
  n += 1;
  const t = Date.now();
  recorder.write({ t, kind: 'count', name: 'tick', value: n });
  process.send?.({ n, t });
}, 3);
process.on('disconnect', () => process.exit());
