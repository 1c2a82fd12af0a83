/** npx hands on a Ctrl+C that the terminal has sent to its child too: two within this time are one. */
const SAME_MS = 500;

/** Calls `work` at a user's second signal: Artillery itself takes the first and ignores all others. */
export function onSecondSignal(work: () => void, source: Pick<NodeJS.Process, 'on'> = process): void {
  let first: number | undefined;
  const hear = () => {
    const now = performance.now();
    first ??= now;
    if (now - first > SAME_MS) work();
  };
  source.on('SIGINT', hear);
  source.on('SIGTERM', hear);
}
