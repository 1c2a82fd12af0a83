import { invokerName, sourcePath } from './source-name.ts';

/** What a sample says of why a vital is what it is: as the page told it, with addresses made names. */
export function attributionTold(attribution: Record<string, unknown>): Record<string, unknown> {
  const told = { ...attribution };
  if (typeof told.url === 'string') told.url = sourcePath(told.url);
  if (typeof told.script === 'string') told.script = sourcePath(told.script);
  if (typeof told.invoker === 'string') told.invoker = invokerName(told.invoker);
  return told;
}
