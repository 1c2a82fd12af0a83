const NEWLINE = 10;

/** No sample is nearly as long (bytes): what is longer is no line of ours, and is not to fill the memory. */
export const MAX_LINE_BYTES = 1024 * 1024;

export interface Line {
  bytes: Buffer;
  /** Longer than MAX_LINE_BYTES: `bytes` holds nothing of it. */
  tooLong?: true;
  /** Nothing ends it: the file breaks off in it. */
  isOpen?: true;
}

/** Cuts what is read piece by piece into lines; readline would decode wrong bytes in silence and hold a line of any length. */
export class Lines {
  #parts: Buffer[] = [];
  #length = 0;

  /** Lines that end in this piece. */
  *of(piece: Buffer): Generator<Line> {
    let from = 0;
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, from)) {
      this.#hold(piece.subarray(from, at));
      yield this.#take();
      from = at + 1;
    }
    this.#hold(piece.subarray(from));
  }

  /** What is left after the last piece. */
  *rest(): Generator<Line> {
    if (this.#length > 0) yield { ...this.#take(), isOpen: true };
  }

  #hold(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > MAX_LINE_BYTES) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  #take(): Line {
    const tooLong = this.#length > MAX_LINE_BYTES;
    const [first = Buffer.alloc(0)] = this.#parts;
    const bytes = this.#parts.length > 1 ? Buffer.concat(this.#parts) : first;
    this.#parts = [];
    this.#length = 0;
    return tooLong ? { bytes: Buffer.alloc(0), tooLong } : { bytes };
  }
}
