/** Clients that do nothing but ask one address, one request after the other: what a target does with so many at a time. */
import { Agent, request } from 'node:http';

/** Times of all answers that ended within the time, ms. Throws when one is no 200. */
export async function closedLoop(
  url: string,
  headers: Record<string, string>,
  clients: number,
  ms: number,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const begun = performance.now();
  // What the first ones meet is not yet what all of them meet.
  const counts = (ended: number) => ended - begun > ms / 3;
  const times: number[] = [];
  const client = async () => {
    while (performance.now() - begun < ms) {
      const sent = performance.now();
      await answered(url, headers, agent);
      const ended = performance.now();
      if (counts(ended)) times.push(ended - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
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
