/** A workflow that a page gives a reader to copy. */
export interface DocumentedWorkflow {
  /** Of its file. */
  name: string;
  text: string;
}

/** Pages that give some. */
export const PAGES_WITH_WORKFLOWS = ['docs/ci.md', 'docs/site.md'];

/** Blocks of YAML whose first line is the path of the file in `.github/workflows/`. */
export function documentedWorkflows(page: string): DocumentedWorkflow[] {
  return [...page.matchAll(/^```yaml\n# \.github\/workflows\/([\w-]+\.yml)\n([\s\S]*?)^```/gm)].map(
    ([, name = '', text = '']) => ({ name, text }),
  );
}
