/** A worker thread for tests: writes `count` samples with its own recorder, lines of very different lengths. */
import { workerData } from 'node:worker_threads';
import { Recorder } from '../../../measure/run/recorder.ts';

const { folder, name, count } = workerData as { folder: string; name: string; count: number };
const recorder = new Recorder(folder);
for (let n = 0; n < count; n += 1) {
  const filling = name.repeat((n * 37) % 400);
  recorder.write({ t: n, kind: 'count', name, value: n, page: filling });
  // Small and large appends: some after each line, most when 64 KiB have come together.
  if (n % 7 === 0) recorder.flush();
}
recorder.close();
