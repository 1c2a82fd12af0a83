/** Clients that do nothing but ask, one request after the other: what a target does with this many at a time. */
import { Agent, request } from 'node:http';

/** What a client asks, again and again from its begin. */
export interface Asked {
  url: string;
  /** Its time is of interest. */
  counts: boolean;
}

/** Times of the answers that are of interest and ended within the time, ms. Throws when one is no 200. */
export async function closedLoop(
  asked: readonly Asked[],
  headers: Record<string, string>,
  clients: number,
  ms: number,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const begun = performance.now();
  // What the first ones meet is not yet what all of them meet.
  const isWarm = (ended: number) => ended - begun > ms / 3;
  const times: number[] = [];
  const client = async (first: number) => {
    for (let at = first; performance.now() - begun < ms; at += 1) {
      const { url, counts } = asked[at % asked.length] as Asked;
      const sent = performance.now();
      await answered(url, headers, agent);
      const ended = performance.now();
      if (counts && isWarm(ended)) times.push(ended - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  agent.destroy();
  return times;
}

function answered(url: string, headers: Record<string, string>, agent: Agent): Promise<void> {
  return new Promise((done, fail) => {
    const sending = request(url, { headers, agent }, (answer) => {
      answer.resume();
      answer.on('error', fail);
      answer.on('end', () => {
        if (answer.statusCode === 200) done();
        else fail(new Error(`${url} answered ${answer.statusCode}`));
      });
    });
    sending.on('error', fail);
    sending.end();
  });
}
