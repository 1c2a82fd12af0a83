/** A real TLS server on loopback, with a certificate that openssl makes for the test. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request as forward, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from '../../artillery/suite-process.ts';

/** For `skip`: why there can be no such server here; false where there can. */
export const noTls: string | false =
  spawnSync('openssl', ['version']).status === 0
    ? false
    : 'openssl, which makes the certificates, is not installed';

export interface Certificate {
  key: string;
  cert: string;
  /** Path of `cert`, e.g. for NODE_EXTRA_CA_CERTS. */
  file: string;
}

/** A self-signed certificate for 127.0.0.1, valid from now for this many days; less than none: expired. */
export function makeCertificate(t: Pick<TestContext, 'after'>, days = 1): Certificate {
  const folder = temporaryFolder(t);
  const [key, asked, cert] = ['key.pem', 'asked.pem', 'cert.pem'].map((name) => join(folder, name));
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  openssl('req', ...curve, '-keyout', key as string, '-out', asked as string, ...name);
  const signing = ['-signkey', key as string, '-copy_extensions', 'copy', '-days', String(days)];
  openssl('x509', '-req', '-in', asked as string, '-out', cert as string, ...signing);
  const read = (file?: string) => readFileSync(file as string, 'utf8');
  return { key: read(key), cert: read(cert), file: cert as string };
}

function openssl(...args: string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
}

/** Starts the server; it is gone when the test ends. Gives its URL. */
export async function serveTls(
  t: Pick<TestContext, 'after'>,
  { key, cert }: Pick<Certificate, 'key' | 'cert'>,
  listener: RequestListener,
): Promise<string> {
  const server = createServer({ key, cert }, listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Hands every request on to a server without TLS, and its answer back. */
export function inFrontOf(url: string): RequestListener {
  return (request, response) => {
    const { method, headers } = request;
    const onward = forward(new URL(request.url ?? '/', url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  };
}
