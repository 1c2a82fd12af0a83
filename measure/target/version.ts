import { request } from 'undici';
import { dispatcherFor } from './connection.ts';

const WITHIN_MS = 5000;

/**
 * What the target says of its version: at the API's root (docs/contract/api.md §5.2), or in its description
 * of itself. Undefined when it does not tell: behind a front end of its own neither can be reached, and
 * production hides the second.
 */
export async function targetVersion(apiUrl: string, insecureTls: boolean): Promise<string | undefined> {
  const root = (await told('/', apiUrl, insecureTls)) as { version?: unknown } | undefined;
  if (isVersion(root?.version)) return root.version;
  const described = (await told('/openapi.json', apiUrl, insecureTls)) as
    | { info?: { version?: unknown } }
    | undefined;
  return isVersion(described?.info?.version) ? described.info.version : undefined;
}

/** The JSON of a good answer; undefined for any other, and for none: whether it lives is asked elsewhere. */
async function told(path: string, apiUrl: string, insecureTls: boolean): Promise<unknown> {
  const dispatcher = dispatcherFor(insecureTls);
  try {
    const { statusCode, body } = await request(new URL(path, apiUrl), {
      headersTimeout: WITHIN_MS,
      bodyTimeout: WITHIN_MS,
      ...(dispatcher && { dispatcher }),
    });
    const text = await body.text();
    return statusCode === 200 ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isVersion(text: unknown): text is string {
  return typeof text === 'string' && /^.{1,40}$/.test(text);
}
