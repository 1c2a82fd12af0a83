/**
 * Lines of a workflow that use an action by a name that can be moved (a tag or a branch), or whose commit has no
 * version beside it. Actions of this repository (`./…`) come with the checkout.
 */
export function unpinnedActions(file: string, workflow: string): string[] {
  return workflow.split('\n').flatMap((line, index) => {
    const [, action, comment] = /^\s*-?\s*uses:\s*['"]?([^\s'"#]+)['"]?\s*(#.*)?$/.exec(line) ?? [];
    if (!action || action.startsWith('./')) return [];
    const where = `${file}:${index + 1}: ${action}`;
    if (!/@([0-9a-f]{40}|sha256:[0-9a-f]{64})$/.test(action))
      return [`${where}: not pinned; write its full commit`];
    if (!/^#\s*v\d/.test(comment ?? '')) return [`${where}: no version beside the commit; add e.g. # v1.2.3`];
    return [];
  });
}
