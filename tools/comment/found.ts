/** What a run of compare.yml left. The pull request's own code may have written it: it is text of a limited size, and no more. */
import type { WorkflowRun } from '../../config/workflow-run.ts';
import type { GitHub } from './github.ts';

interface Artifact {
  id: number;
  name: string;
  size_in_bytes: number;
  expired: boolean;
  created_at: string;
}

/** GitHub takes 65 536 characters in a comment; a character is at most four bytes. */
const MOST_OF_TEXT = 4 * 65_536;
const MOST_OF_FIGURES = 16 * 1024 * 1024;

export interface Found {
  /** Undefined: there is none. */
  markdown?: string;
  /** Undefined: there is none. */
  reportUrl?: string;
  /** Every metric that decides is the same or better. */
  isDecided: boolean;
  /** Why what there is was not read, each a sentence. */
  refused: string[];
}

export async function foundIn(run: WorkflowRun, github: GitHub): Promise<Found> {
  const { artifacts } = await github.call<{ artifacts: Artifact[] }>(
    'GET',
    `/actions/runs/${run.id}/artifacts?per_page=100`,
  );
  // An earlier attempt of the same run left some as well.
  const now = artifacts.filter(
    ({ expired, created_at }) => !expired && Date.parse(created_at) >= Date.parse(run.run_started_at),
  );
  const refused: string[] = [];
  const read = async (name: string, most: number): Promise<string | undefined> => {
    const artifact = now.findLast((one) => one.name === name);
    if (!artifact) return undefined;
    const text =
      artifact.size_in_bytes > most
        ? undefined
        : await github.text(`/actions/artifacts/${artifact.id}/zip`, most);
    if (text === undefined) refused.push(`${name} has more than ${most} bytes and was not read.`);
    else if (text.startsWith('PK\u0003\u0004')) refused.push(`${name} is an archive and was not read.`);
    else return text;
    return undefined;
  };
  const markdown = await read('comparison.md', MOST_OF_TEXT);
  const figures = await read('comparison.json', MOST_OF_FIGURES);
  const report = now.findLast(({ name }) => name === 'comparison.html');
  return {
    markdown,
    reportUrl: report && `${run.html_url}/artifacts/${report.id}`,
    isDecided: figures !== undefined && isGood(figures),
    refused,
  };
}

function isGood(figures: string): boolean {
  try {
    const { verdict, canDecide } = JSON.parse(figures);
    return canDecide === true && (verdict === 'same' || verdict === 'better');
  } catch {
    return false;
  }
}
