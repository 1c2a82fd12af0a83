import type { AuditSettings } from './settings.ts';

/** How audits are done where nothing else is asked for. */
export const USUAL: AuditSettings = { formFactor: 'desktop', throttling: 'none', repeats: 5 };
