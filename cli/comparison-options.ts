/** Options that the commands which compare have in common. */
import { USUAL_THRESHOLD } from '../compare/threshold.ts';
import { flag, text, textWithDefault } from '../config/command-line/option.ts';

export const threshold = textWithDefault(
  '--threshold <percent>',
  'changes up to it do not matter',
  USUAL_THRESHOLD,
);
export const json = flag('--json', 'print the result as JSON, with every metric');
export const markdown = text('--markdown <file>', 'write it as Markdown too, for a pull request');
export const html = text(
  '--html <file>',
  'write it as a page too, which opens offline, and its JSON beside it',
);
