/** what is recorded of each page view beside its vitals (docs/measuring.md, "Sizes and counts"). */
export const VIEW_FIGURES = {
  'transfer size': 'B',
  'script size': 'B',
  requests: '1',
  'cached requests': '1',
  'third-party requests': '1',
  'hidden sizes': '1',
  'DOM elements': '1',
  'long tasks': '1',
  'long-task time': 'ms',
} as const;
export type ViewFigure = keyof typeof VIEW_FIGURES;

export function isViewFigure(name: string): name is ViewFigure {
  return Object.hasOwn(VIEW_FIGURES, name);
}
