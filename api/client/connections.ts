import { buildConnector, Pool } from 'undici';

/** The opening of one connection: name looked up, TCP and TLS shaken hands. */
export interface Opening {
  /** By `performance.now()`, ms. */
  begun: number;
}

let newest: Opening | undefined;
let ending: Opening | undefined;

/** The opening that began last. When it is another after a request was dispatched, it is for that request. */
export const newestOpening = (): Opening | undefined => newest;

/**
 * The opening that ends, well or not, at this very moment. undici sends the request that waited for a connection, or
 * tells it of the failure, before the connector's callback returns; nothing else of ours runs in it.
 */
export const endingOpening = (): Opening | undefined => ending;

/** undici's own connector, whose openings are known to the two functions above. */
export function timedConnector(options: buildConnector.BuildOptions = {}): buildConnector.connector {
  const connect = buildConnector({ allowH2: false, ...options });
  return (target, callback) => {
    const opening = { begun: performance.now() };
    newest = opening;
    connect(target, (...outcome) => {
      ending = opening;
      try {
        callback(...outcome);
      } finally {
        ending = undefined;
      }
    });
  };
}

/**
 * Connections to a target: reused, and as many as there are requests at a time, so that no request waits for another's.
 * Where a target offers HTTP/2 in its TLS handshake, requests share one connection as the protocol has it.
 */
export function connectionsTo(apiUrl: string, insecureTls = false): Pool {
  return new Pool(new URL(apiUrl).origin, {
    connections: null,
    pipelining: 1,
    allowH2: true,
    // As it is set for Node, unless asked otherwise: the checks before a run send by Node's own way.
    connect: timedConnector({ allowH2: true, ...(insecureTls && { rejectUnauthorized: false }) }),
  });
}
