/** A program for tests: starts an embedded scheduler, says where it is, and does nothing more. */
import { startEmbeddedScheduler } from '../../../measure/target/embedded.ts';

const { url, pid } = await startEmbeddedScheduler({
  size: 'small',
  settings: { SCHEDULER_PAGES: 'off', SCHEDULER_PASSWORD_COST_MS: '1' },
});
process.stdout.write(`${JSON.stringify({ url, pid })}\n`);
