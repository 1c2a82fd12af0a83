/**
 * Proxy variables. Browsers of the suite (`launchArgs`) and its HTTP client use no proxy: a user who set one, perhaps because
 * the target is reached in no other way, learns it before the run.
 */
import { hostOf, isLoopback } from './hosts.ts';

type Source = Record<string, string | undefined>;

/** The variable that asks for a proxy on the way to this URL; undefined when none does. */
export function proxyVariableFor(url: string, source: Source): string | undefined {
  const { protocol, port, hostname } = new URL(url);
  const host = hostOf(url) ?? hostname;
  if (isLoopback(host)) return undefined;
  const set = (name: string) => [name, name.toUpperCase()].find((one) => source[one]?.trim());
  const variable = set(protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? set('all_proxy');
  if (variable === undefined) return undefined;
  const exceptions = `${source.no_proxy ?? ''},${source.NO_PROXY ?? ''}`.split(/[,\s]+/).filter(Boolean);
  const own = port || (protocol === 'https:' ? '443' : '80');
  return exceptions.some((exception) => covers(exception, host, own)) ? undefined : variable;
}

/** `host`, `.domain`, `*.domain` or `*`, each with or without a port: a name covers the names below it, as curl has it. */
function covers(exception: string, host: string, port: string): boolean {
  if (exception === '*') return true;
  const [, name = '', of] = /^(.*?)(?::(\d+))?$/.exec(exception.toLowerCase()) ?? [];
  if (of !== undefined && of !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}
