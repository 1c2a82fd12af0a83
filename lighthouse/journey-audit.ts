/** The audit of a journey: Lighthouse's user flow around the same steps that run as tests and as load. */
import { type FlowResult, startFlow } from 'lighthouse';
import type { UserFlow } from 'lighthouse/core/user-flow.js';
import type { Journey, JourneyTools } from '../flows/journey.ts';
import { Interruption, isInterruption, orInterrupted, StepFailure } from '../measure/steps/failure.ts';
import type { Step } from '../measure/steps/steps.ts';
import type { AuditBrowser } from './audit-browser.ts';
import { type AuditSettings, lighthouseOptions } from './settings.ts';

/** Parts of a flow that are no steps of its journey. */
const OPENED = 'open the application';
const AT_END = 'at its end';

export interface FlowAudit {
  result: FlowResult;
  html: string;
}

/** Audits one pass of a journey. */
export class JourneyAudit {
  readonly #browser: AuditBrowser;
  readonly #origin: string;
  readonly #settings: AuditSettings;
  readonly #signal: AbortSignal;
  #flow: UserFlow | undefined;
  #failedChecks: string[] = [];

  constructor(browser: AuditBrowser, origin: string, settings: AuditSettings, signal: AbortSignal) {
    this.#browser = browser;
    this.#origin = origin;
    this.#settings = settings;
    this.#signal = signal;
  }

  /** The journey with a cold load of the application before it, and a look at its last page after it. */
  around(journey: Journey): Journey {
    const run = async (tools: JourneyTools) => {
      const { puppeteerPage, clearCache } = this.#browser;
      const signal = this.#signal;
      await clearCache();
      const flow = await startFlow(puppeteerPage, {
        ...lighthouseOptions(this.#settings),
        name: journey.name,
      });
      // A visitor begins with an address of the journey's own.
      if (journey.role !== 'visitor')
        await orInterrupted(flow.navigate(`${this.#origin}/`, { name: OPENED }), signal);
      this.#flow = flow;
      await journey.run({ ...tools, think: async () => undefined });
      await orInterrupted(flow.snapshot({ name: AT_END }), signal);
      const [failed] = this.#failedChecks;
      if (failed) throw new Error(`check failed: ${failed}`);
    };
    return { ...journey, run };
  }

  /** Steps before and after the journey, sign-in and sign-out, are not audited. */
  readonly step: Step = async (name, work) => {
    if (this.#signal.aborted) throw new Interruption();
    const flow = this.#flow;
    try {
      if (!flow || name === 'sign out') return await work();
      return await orInterrupted(timespan(flow, name, work), this.#signal);
    } catch (cause) {
      if (this.#signal.aborted || isInterruption(cause)) throw new Interruption();
      throw new StepFailure(name, cause);
    }
  };

  readonly check = (name: string, ok: boolean, error?: string): void => {
    if (!ok) this.#failedChecks.push(error ? `${name}: ${error}` : name);
  };

  /** What was audited until now. Undefined: nothing was. */
  async result(): Promise<FlowAudit | undefined> {
    const flow = this.#flow;
    if (!flow) return undefined;
    return { result: await flow.createFlowResult(), html: await flow.generateReport() };
  }
}

async function timespan<T>(flow: UserFlow, name: string, work: () => Promise<T>): Promise<T> {
  await flow.startTimespan({ name });
  try {
    return await work();
  } finally {
    await flow.endTimespan();
  }
}
