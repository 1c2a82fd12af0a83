/** Options that the commands which compare have in common. */
import { USUAL_THRESHOLD } from '../compare/threshold.ts';
import { flag, text, textWithDefault } from '../config/command-line/option.ts';

export const threshold = textWithDefault(
  '--threshold <percent>',
  'smallest change that matters to you',
  USUAL_THRESHOLD,
);
export const json = flag('--json', 'print the result as JSON, with every metric');
export const markdown = text('--markdown <file>', 'write the result as Markdown too, for a pull request');
export const html = text('--html <file>', 'write the result as a page too, and its JSON next to the page');
