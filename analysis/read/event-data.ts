/** What an event says, as far as a file that may be damaged still says it. */
import { z } from 'zod';
import { OPERATION_CLASSES } from '../../config/operation-classes.ts';
import { AUDIT_MODES } from '../../measure/run/audits.ts';
import type { EventCode, EventData } from '../../measure/run/events.ts';
import { LIMIT_OUTCOMES } from '../../measure/run/findings.ts';
import type { EventSample } from '../../measure/run/samples.ts';

const UNNAMED = 'unnamed';
const text = z.string().catch(UNNAMED);
const number = z.number().catch(0);
const optionalText = z.string().optional().catch(undefined);
const optionalNumber = z.number().optional().catch(undefined);
const yes = (otherwise: boolean) => z.boolean().catch(otherwise);

const edge = z.object({ users: z.number(), agreed: z.number(), tried: z.number() }).nullable();
const limit = z.looseObject({
  metric: z.string(),
  limit: z.number(),
  observed: z.number().nullable(),
  unit: z.string(),
  n: z.number(),
  verdict: z.enum(LIMIT_OUTCOMES),
  unended: z.number().optional(),
});

const count = z.number().min(0);
const loads = z.object({
  ...{ requests: count, cached: count, thirdParty: count, hidden: count, failed: count },
  ...{ size: count, scriptSize: count, hiddenScripts: count },
  elements: count.optional(),
});

const opportunity = z.object({ id: text, title: text, ms: count, bytes: count });

/** A missing or wrong field has the value that says least. Decisions are whole or are ignored. */
const DATA: Record<EventCode, z.ZodType | undefined> = {
  'page-view': z.object({
    id: text,
    nav: z.enum(['hard', 'soft']).catch('hard'),
    interacted: yes(false),
    measurable: yes(true),
    cold: yes(false),
    unmeasured: optionalText,
    painted: z.literal(false).optional().catch(undefined),
    loads: loads.optional().catch(undefined),
    longTasks: z.object({ count, ms: count }).optional().catch(undefined),
  }),
  'browser-entries': z.object({
    softNavigation: yes(false),
    longTask: yes(false),
    longAnimationFrame: yes(false),
  }),
  'known-defect': z.object({ defect: text }),
  'defect-effect': z.object({ defect: text, found: yes(false) }),
  'session-started': z.object({
    scenario: text,
    due: optionalNumber,
    account: optionalText,
    place: optionalNumber,
    retry: z.object({ journey: text, attempt: number }).optional().catch(undefined),
  }),
  'phase-started': undefined,
  'sign-in-paced': z.object({ ms: number }),
  'change-planned': z.object({ id: text, what: text, name: text, why: optionalText }),
  'change-made': z.object({ id: text, path: text }),
  'change-undone': z.object({ id: text }),
  'change-not-undone': z.object({ id: text, why: text }),
  'answered-from-cache': z.object({ operation: text }),
  'request-interrupted': z.object({
    operation: optionalText,
    class: z.enum(OPERATION_CLASSES).optional().catch(undefined),
    ms: optionalNumber,
    fromDue: optionalNumber,
  }),
  'journey-skipped': z.object({ journey: text, why: text }),
  'trace-kept': z.object({ file: z.string(), step: optionalText }),
  interrupted: z.object({ why: text }),
  'target-died': z.object({ how: text }),
  'target-unresponsive': z.object({ since: z.number(), ms: z.number() }),
  'target-watched': z.object({ probes: z.number(), unanswered: z.number() }),
  'worker-lost': z.object({
    worker: z.enum(['http', 'artillery', 'playwright']),
    silentMs: optionalNumber,
    why: optionalText,
    profile: optionalText,
  }),
  'clock-jumped': z.object({ ms: number }),
  'stood-still': z.object({ ms: number, cpuMs: optionalNumber }),
  suspended: z.object({ ms: number, programs: text }),
  'lines-written': z.object({ lines: number }),
  'temporary-folder-full': z.object({ why: z.string().catch('no reason given') }),
  'samples-lost': z.object({ count: number, why: z.string().catch('no reason given') }),
  'benchmark-ended': z.object({ benchmark: text, reason: text, why: z.string().catch('cut off') }),
  'audit-concluded': z.object({
    audit: text,
    mode: z.enum(AUDIT_MODES).catch('navigation'),
    representative: z.number(),
    file: z.string(),
    json: z.string(),
    formFactor: text,
    throttling: text,
    isCutOff: z.literal(true).optional().catch(undefined),
    opportunities: z.array(opportunity).catch([]),
    accessibility: z
      .array(z.object({ id: text, title: text, elements: count, example: optionalText }))
      .catch([]),
    film: z.array(z.object({ ms: number, file: z.string() })).catch([]),
  }),
  'level-ended': z.looseObject({
    users: z.record(z.string(), z.number()),
    from: z.number(),
    to: z.number(),
    ok: z.boolean().nullable(),
    limits: z.array(limit),
    generator: z.array(z.string()).optional(),
    search: z.string().optional(),
  }),
  'search-ended': z.looseObject({
    scenario: z.string(),
    holds: edge,
    breaks: edge,
    confidence: z.enum(['high', 'medium', 'low']),
    most: z.number(),
    why: z.string().optional(),
  }),
  'run-ended-early': z.looseObject({
    by: z.enum(['threshold', 'breaking-point', 'search', 'generator']),
    why: z.string(),
  }),
};

/** The event with data that its readers can rely on; undefined: it says nothing that this suite knows how to read. */
export function readEvent(event: EventSample): EventSample | undefined {
  if (!Object.hasOwn(DATA, event.name)) return undefined;
  const schema = DATA[event.name];
  if (!schema) return event;
  const read = schema.safeParse(event.data ?? {});
  return read.success ? ({ ...event, data: read.data as EventData[EventCode] } as EventSample) : undefined;
}
