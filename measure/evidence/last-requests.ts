import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { visibleJson } from '../../config/visible-text.ts';
import { maskedTexts } from '../run/masked-sample.ts';
import type { RequestSample, Sample } from '../run/samples.ts';
import { harOf } from './har.ts';
import type { ReserveArtifact } from './reserve-artifact.ts';

/** This many of a session's requests are remembered for its HAR. */
const KEPT = 100;

/** The last requests of one session. Samples are kept as they are: it costs a reference each. */
export class LastRequests {
  readonly #requests: RequestSample[] = [];
  /** Where the next one goes, once there are as many as are kept: in the oldest one's place. */
  #next = 0;

  /** Remembers a request; other samples are let pass. */
  note(sample: Sample): void {
    if (sample.kind !== 'request') return;
    if (this.#requests.length < KEPT) {
      this.#requests.push(sample);
      return;
    }
    this.#requests[this.#next] = sample;
    this.#next = (this.#next + 1) % KEPT;
  }

  /** Writes them as a HAR. Gives its file, relative to the run directory; undefined when enough are kept. */
  keep(runDir: string, reserve: ReserveArtifact, mask: (text: string) => string): string | undefined {
    const file = reserve('.har');
    if (!file) return undefined;
    const inOrder = [...this.#requests.slice(this.#next), ...this.#requests.slice(0, this.#next)];
    // Values are masked, not the text: a password of digits is in times and sizes too.
    const har = harOf(inOrder.map((request) => maskedTexts(request, mask)));
    writeFileSync(join(runDir, file), visibleJson(JSON.stringify(har, null, 1)));
    return file;
  }
}
