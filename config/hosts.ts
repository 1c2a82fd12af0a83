/** Names and addresses of machines, as URLs hold them: lower case, an IPv6 address in brackets. */
import { isIP } from 'node:net';

/** The host that a URL, a host name or an IP address names; undefined when it is none of them. */
export function hostOf(address: string): string | undefined {
  const bare = isIP(address) === 6 ? `[${address}]` : address;
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(bare) ? bare : `http://${bare}`;
  if (!URL.canParse(url)) return undefined;
  return new URL(url).hostname.replace(/\.$/, '') || undefined;
}

/** The IP address that a host is, without brackets; undefined when it is a name. */
export function ipOf(host: string): string | undefined {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) ? bare : undefined;
}

/** Whether a host or IP address is this machine by its very spelling: no name is looked up. */
export function isLoopback(host: string): boolean {
  const ip = ipOf(host);
  if (ip === undefined) return host === 'localhost' || host.endsWith('.localhost');
  return ip === '::1' || ip.startsWith('127.') || /^::ffff:(127\.|7f)/i.test(ip);
}
