/** Style of what only the script adds (table-tools.ts, chart-tools.ts). Arrows have an empty text: `aria-sort` says the same. */
export const TOOLS_STYLE = `
.tools{display:flex;flex-wrap:wrap;align-items:center;gap:.35rem .75rem;margin:.6rem 0 .4rem;font-size:.8125rem;color:var(--dim)}
.tools span:empty{display:none}
.tools label{display:flex;align-items:center;gap:.4rem;flex:0 1 16rem}
.tools input{flex:1;min-width:0}
.tools input,.tools button{min-height:1.8rem;padding:.15rem .65rem;border:1px solid var(--dim);border-radius:6px;background:var(--bg);color:var(--text);font:inherit}
.tools button,.sort{cursor:pointer}.tools button:disabled{color:var(--dim);border-color:var(--line);cursor:default}
.sort{min-height:24px;margin:0;padding:0;border:0;background:none;color:inherit;font:inherit;text-align:inherit;white-space:inherit}
.sort::after{content:"↕";content:"↕" / "";display:inline-block;width:1em;margin-left:.2em;text-align:center;opacity:.6}
[aria-sort]>.sort{color:var(--text)}[aria-sort]>.sort::after{opacity:1}
[aria-sort=ascending]>.sort::after{content:"↑";content:"↑" / ""}[aria-sort=descending]>.sort::after{content:"↓";content:"↓" / ""}
figure[data-seconds] .plot svg{touch-action:pan-y;cursor:crosshair;user-select:none;-webkit-user-select:none}.plot svg.zoomed{overflow:hidden}
.cursor{stroke:var(--text)}.moment{display:inline-block;min-width:7rem;margin-left:.5rem;color:var(--dim);font-variant-numeric:tabular-nums}.now{display:inline-block;min-width:2.6rem;color:var(--text);font-variant-numeric:tabular-nums}
@media print{.tools,.sort::after{display:none}}
`;
