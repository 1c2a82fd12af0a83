/** What the operations hub, analytics and the import/export pages ask for beside the other groups. */
import { operation } from '../operation.ts';

const heavy = <const P extends string>(name: string, path: P) =>
  operation({ name, class: 'complex', method: 'GET', path });
const light = <const P extends string>(name: string, path: P) =>
  operation({ name, class: 'crud', method: 'GET', path });

export const proxyCoverage = heavy('ops.proxy coverage', '/proxy-coverage');
export const heatmap = heavy('ops.heatmap', '/visualization/heatmap');
export const conflicts = light('conflicts.list', '/conflicts/');
/** Asked for by the conflicts tab; the contract has no such route (404). */
export const conflictStatistics = light('conflicts.statistics', '/conflicts/statistics');
export const gameTheorySummary = light('analytics.game theory summary', '/game-theory/summary');
export const gameTheoryStrategies = light('analytics.strategies', '/game-theory/strategies');
export const gameTheoryTournaments = light('analytics.tournaments', '/game-theory/tournaments');
export const gameTheoryEvolution = light('analytics.evolution', '/game-theory/evolution');
export const importBatches = light('import.batches', '/import/batches');
export const exportSchedule = heavy('export.schedule workbook', '/export/schedule/xlsx');
