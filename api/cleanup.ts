/**
 * Does `work`, then `cleanup`, also when the work failed or was interrupted. The error that comes out is that of
 * the work, else that of the clean-up; a clean-up's failed request has left its own sample in either case.
 */
export async function thenCleanUp(work: () => Promise<void>, cleanup: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await cleanup().catch(() => undefined);
    throw error;
  }
  await cleanup();
}
