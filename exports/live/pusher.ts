/** Live figures to one server: what it does not take in time is left out, since newer ones follow. */
import type { Row } from '../row.ts';
import { ROWS_AT_A_TIME } from '../send-all.ts';
import { Refused, type Server } from '../server.ts';

/** For an answer, ms. */
const ANSWER_WITHIN = 8000;

export class Pusher {
  readonly #server: Server;
  readonly #warn: (line: string) => void;
  #underWay: Promise<void> | undefined;
  #isAway = false;

  /** @param warn gets a line when the server takes no more, and one when it does again */
  constructor(server: Server, warn: (line: string) => void) {
    this.#server = server;
    this.#warn = warn;
  }

  /** Never waits: where the last rows are still under way, these are left out. */
  push(rows: readonly Row[]): void {
    this.#underWay ??= this.#send(rows).finally(() => {
      this.#underWay = undefined;
    });
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#underWay;
  }

  async #send(rows: readonly Row[]): Promise<void> {
    try {
      for (let from = 0; from < rows.length; from += ROWS_AT_A_TIME)
        await this.#server.send(rows.slice(from, from + ROWS_AT_A_TIME), ANSWER_WITHIN);
      if (this.#isAway) this.#warn(`${this.#server.where}: takes live figures again`);
      this.#isAway = false;
    } catch (error) {
      if (!this.#isAway) this.#warn(away(this.#server, error));
      this.#isAway = true;
    }
  }
}

function away({ where, variables }: Server, error: unknown): string {
  const { status, message } = error instanceof Refused ? error : { message: String(error) };
  const said = status === undefined ? message : `answered ${status}${message && `: ${message}`}`;
  const what =
    status === 401 || status === 403
      ? `Set ${variables.access}`
      : `Start it, or correct ${variables.address}`;
  return `${where}: ${said.replace(/\.$/, '')}; live figures are left out, the run goes on. ${what}.`;
}
