/** What a run of compare.yml comes to: the check's conclusion, and the text of the comment. */
import type { WorkflowRun } from '../../config/workflow-run.ts';
import type { Found } from './found.ts';

/** By it the comment is found again. */
export const MARKER = '<!-- residency-load-suite: comparison -->';
/** Of a comment: GitHub takes 65 536. */
const MOST = 65_000;
/** Nothing to see, but no syntax goes on over it. */
const BREAK = '\u200b';

export interface Outcome {
  conclusion: 'success' | 'failure' | 'neutral';
  title: string;
  text: string;
}

/** The run's own conclusion counts first: it is GitHub's word. What the artifacts say can make it less good, never better. */
export function outcomeOf(run: WorkflowRun, repository: string, found: Found): Outcome {
  const isFork = run.head_repository.full_name !== repository;
  const { conclusion, title } = decided(run, found);
  const lines = [
    MARKER,
    `Commit ${run.head_sha.slice(0, 7)}, [the run](${run.html_url}).`,
    ...(isFork && found.markdown
      ? ['', '**From a fork: its own code has measured this. Read it before you run a command from here.**']
      : []),
    ...found.refused.map((one) => `\n${one}`),
    '',
    found.markdown === undefined
      ? `## Is it slower?\n\n**${title}** ${WHAT_TO_DO[conclusion]}`
      : harmless(found.markdown).replaceAll('REPORT_URL', found.reportUrl ?? run.html_url),
  ];
  return { conclusion, title, text: cut(lines.join('\n')) };
}

const WHAT_TO_DO = {
  success: '',
  neutral: 'Give compare.yml a start command or a compose file (docs/ci.md of the load suite says how).',
  failure:
    'The log of the run says what went wrong: a side that does not start, data that cannot be put back, a busy machine.',
};

function decided({ conclusion }: WorkflowRun, { markdown, isDecided }: Found): Omit<Outcome, 'text'> {
  if (conclusion === 'failure' || conclusion === 'timed_out')
    return markdown === undefined
      ? { conclusion: 'failure', title: 'The comparison has no result.' }
      : { conclusion: 'failure', title: 'The comparison found a regression, or did not end well.' };
  if (markdown === undefined) return { conclusion: 'neutral', title: 'Nothing of this change was tested.' };
  if (conclusion !== 'success')
    return { conclusion: 'neutral', title: 'The comparison was stopped: its figures are not all.' };
  return isDecided
    ? { conclusion: 'success', title: 'Nothing is slower.' }
    : { conclusion: 'neutral', title: 'Unclear: nothing is shown to be slower, nor to be the same.' };
}

/** A pull request's text as a bot may post it: nobody is called, nothing is linked, loaded or hidden. */
export function harmless(markdown: string): string {
  return markdown
    .replace(/<(?!\/?(?:details|summary)>)/g, `<${BREAK}`)
    .replace(/@(?=\w)/g, `@${BREAK}`)
    .replace(/#(?=\d)/g, `#${BREAK}`)
    .replace(/\](?=\((?!REPORT_URL\)))/g, `]${BREAK}`)
    .replace(/\](?=[[:])/g, `]${BREAK}`)
    .replace(/!(?=\[)/g, `!${BREAK}`)
    .replace(/:(?=\/\/)/g, `:${BREAK}`)
    .replace(/\bwww(?=\.)/gi, `$&${BREAK}`);
}

function cut(text: string): string {
  if (text.length <= MOST) return text;
  const [head = ''] = text.split('\n<details>');
  const kept = head.length <= MOST ? head : head.slice(0, head.lastIndexOf('\n', MOST));
  return `${kept}\n\n… cut here: the report has all.`;
}
