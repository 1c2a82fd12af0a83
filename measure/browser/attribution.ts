import { invokerName, sourcePath } from './source-name.ts';

/** What a sample says of why a vital is what it is: as the page reported it, with addresses made names. */
export function toAttribution(attribution: Record<string, unknown>): Record<string, unknown> {
  const named = { ...attribution };
  if (typeof named.url === 'string') named.url = sourcePath(named.url);
  if (typeof named.script === 'string') named.script = sourcePath(named.script);
  if (typeof named.invoker === 'string') named.invoker = invokerName(named.invoker);
  return named;
}
