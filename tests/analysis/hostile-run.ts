/** Runs whose every name and message is somebody else's, and as bad as can be. */
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

/** Colours and links of a terminal, both kinds of control characters, what turns text round or has no width, half a pair. */
const UNSEEN =
  '\0\u0007\u001b[31mred\u001b[0m\u001b]8;;http://h\u0007\u001b\u0085\u009b1m\u202e\u2066\u200b\ufeff\u2028\u{e0041}\r\ud800';
const EVIL = `<script>alert("1")</script>&'|${UNSEEN} [x](javascript:alert(1)) ]]>`;

/** A run directory in which all text that can come from a target or a flow is hostile. */
export function hostileRun(text = EVIL): string {
  const about = { t: START + 5, session: 'b0', journey: text, page: `/${text}` };
  const samples: Sample[] = [
    ...healthySamples(),
    {
      ...about,
      kind: 'step',
      name: text,
      value: 5,
      unit: 'ms',
      ok: false,
      error: text,
      screenshot: 'javascript:alert(1)',
      trace: 'artifacts/a b.zip',
    },
    {
      ...about,
      kind: 'request',
      name: text,
      class: 'crud',
      method: 'GET',
      status: 500,
      value: 5,
      unit: 'ms',
      ok: false,
      error: text,
      requestId: text,
    },
    { ...about, kind: 'error', name: text, error: text },
    { ...about, kind: 'journey', name: text, value: 20, unit: 'ms', ok: false },
    {
      ...about,
      kind: 'journey',
      name: text,
      value: 5,
      unit: 'ms',
      ok: true,
      cutShort: { code: text, text: text },
    },
    { ...about, kind: 'event', name: 'known-defect', data: { defect: text } },
    { ...about, kind: 'vital', name: 'LCP', value: 5, unit: 'ms', nav: 'hard', rating: 'good', view: 'x' },
    {
      ...{
        ...about,
        kind: 'vital',
        name: 'INP',
        value: 900,
        unit: 'ms',
        nav: 'hard',
        rating: 'poor',
        view: 'x',
      },
      attribution: { element: text, script: text, function: text, scriptDuration: 50, type: 'pointer' },
    },
    { ...about, kind: 'check', name: text, ok: false, error: text },
    { ...about, kind: 'event', name: 'phase-started', phase: text, data: {} } as unknown as Sample,
    { ...about, kind: 'event', name: 'change-planned', data: { id: 'a', what: text, name: text } } as Sample,
    { ...about, kind: 'event', name: 'change-not-undone', data: { id: 'a', why: text } } as Sample,
  ];
  const { target, plan } = runJson();
  const run = runJson({
    label: text,
    target: { ...target, environment: text, data: text, version: text },
    plan: { ...plan, phases: [{ name: text, duration: 60, arrivals: { [text]: 4 } }] },
  });
  return runDirectory(run, samples);
}
