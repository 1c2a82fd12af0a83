/** Is a generator in trouble called so before it misreads what it measures? */
import { generatorTrouble } from '../../../analysis/judge/generator-trouble.ts';
import { DELAY_MS, GeneratorCurve, type Level } from '../generator-curve.ts';
import type { Proof, ProofRow } from '../proof.ts';

/** Of the delay: by more than this no valid run may be wrong. */
const MOST_MISREAD = 0.1;
/** This many observations make a median; a level that gives fewer says nothing. */
const LEAST = 20;

const LONG = { seconds: 20, http: [1, 16, 32, 64, 128, 256], browsers: [1, 2, 4, 8] };
const SHORT = { seconds: 5, http: [256], browsers: [] };

export default {
  name: 'generator',
  title: 'Is a generator in trouble called so before it misreads a delay of 200 ms by a tenth?',
  async run({ short }) {
    const { seconds, http, browsers } = short ? SHORT : LONG;
    const curve = await GeneratorCurve.open();
    const rows: ProofRow[] = [];
    try {
      for (const sessions of http) rows.push(rowOf(await curve.http(sessions, seconds)));
      for (const sessions of browsers) rows.push(rowOf(await curve.browsers(sessions, seconds)));
    } finally {
      await curve.close();
    }
    return rows;
  },
} satisfies Proof;

function rowOf(level: Level): ProofRow {
  const { via, sessions, n, p50, p95, cpu, loopDelay, loopWait, loopUse } = level;
  const trouble = generatorTrouble({
    seconds: 0,
    cpuP95: cpu,
    loopDelayP95: loopDelay,
    loopWaitP95: via === 'http' ? loopWait : null,
    loopUseP95: via === 'http' ? loopUse : null,
  });
  const misread = Math.abs(p50);
  const health = [
    `CPU ${percent(cpu)}`,
    `loop delay ${loopDelay.toFixed(0)} ms`,
    via === 'http' && `wait ${loopWait.toFixed(1)} ms, use ${percent(loopUse)}`,
  ];
  const verdict = trouble.length > 0 ? 'invalid' : 'valid';
  return {
    what: `${sessions} ${sessions === 1 ? 'user' : 'users'} ${via === 'http' ? 'over HTTP' : 'in browsers'}, none of whom thinks`,
    injected: `${DELAY_MS} ms; a bare client read ${level.reference.toFixed(1)} ms`,
    found: `median off by ${signed(p50)}${via === 'http' ? `, p95 by ${signed(p95)}` : ''}; ${health.filter(Boolean).join(', ')}: ${verdict}`,
    n,
    allowed: `median ± ${percent(MOST_MISREAD)}, or invalid`,
    ok: trouble.length > 0 || (misread <= MOST_MISREAD && n >= LEAST),
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function signed(share: number): string {
  return `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;
}
