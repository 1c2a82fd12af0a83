import { connect } from 'node:tls';
import { Agent } from 'undici';
import { processEnv } from '../../config/environment.ts';
import type { BasicAuth } from '../../config/variables.ts';

/** Longest wait for a handshake that is only to say what is there, ms. */
const HANDSHAKE_LIMIT_MS = 2000;

let unchecking: Agent | undefined;

/** What requests outside of sessions are sent by: undici's own way, or one that takes certificates unchecked. */
export function dispatcherFor(insecureTls: boolean): Agent | undefined {
  if (!insecureTls) return undefined;
  unchecking ??= new Agent({ connect: { rejectUnauthorized: false } });
  return unchecking;
}

/** The setting by which this process takes certificates unchecked; undefined: it checks them. */
export function uncheckedBy(insecureTls: boolean): string | undefined {
  if (insecureTls) return 'INSECURE_TLS=true';
  return processEnv('NODE_TLS_REJECT_UNAUTHORIZED') === '0' ? 'NODE_TLS_REJECT_UNAUTHORIZED=0' : undefined;
}

const UNKNOWN_AUTHORITY =
  'is signed by an authority that Node does not know, or comes without the certificates between them';

/** The header of HTTP basic authentication, https://www.rfc-editor.org/rfc/rfc7617; undefined without credentials. */
export function basicAuthHeader(credentials: BasicAuth | undefined): Record<string, string> | undefined {
  if (!credentials) return undefined;
  const { username, password } = credentials;
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/** What is wrong with a certificate, by the code of Node's error (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
const CERTIFICATE_FAULTS: Record<string, string> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  CERT_REVOKED: 'is revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another host',
};

/** What is wrong between the two ends' TLS, with its fix, as the end of a sentence; undefined when it is not TLS. */
export async function tlsProblem(url: string, error: unknown): Promise<string | undefined> {
  const { code = '' } = error as NodeJS.ErrnoException;
  const fault = CERTIFICATE_FAULTS[code];
  if (fault) {
    const fix =
      fault === UNKNOWN_AUTHORITY
        ? 'name the authority’s file in NODE_EXTRA_CA_CERTS, have the target send the whole chain'
        : 'renew it';
    return `its certificate ${fault} (${code}): ${fix}, or set INSECURE_TLS=true to take certificates unchecked`;
  }
  const { protocol, hostname, port, host } = new URL(url);
  if (protocol === 'https:' && /^ERR_SSL_|^EPROTO$/.test(code)) {
    return `it does not speak TLS there (${code}): write http://${host}, or the port where it does`;
  }
  if (protocol === 'http:' && (await speaksTls(hostname, Number(port || 80)))) {
    return `it speaks TLS there: write https://${host}`;
  }
  return undefined;
}

/** Whether a handshake comes about; what the certificate says does not matter. */
function speaksTls(hostname: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const socket = connect({ host, port, rejectUnauthorized: false });
    const end = (spoke: boolean) => {
      socket.destroy();
      done(spoke);
    };
    socket.setTimeout(HANDSHAKE_LIMIT_MS, () => end(false));
    socket.once('secureConnect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
