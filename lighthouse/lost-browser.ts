/** A browser that goes while Lighthouse looks at it. */

/** Of Lighthouse and of puppeteer: a call to a page or browser that is no longer there. */
interface ProtocolError extends Error {
  protocolMethod?: string;
}

/**
 * Lighthouse leaves polls of a page behind that nobody waits for; when its browser has gone they fail, and would end this
 * process. The audit itself fails by the same cause, and says so. Gives what ends that.
 */
export function ignoreLeftPolls(): () => void {
  const ignore = (error: ProtocolError) => {
    if (error?.protocolMethod === undefined && error?.name !== 'TargetCloseError') throw error;
  };
  process.on('unhandledRejection', ignore);
  return () => void process.off('unhandledRejection', ignore);
}
