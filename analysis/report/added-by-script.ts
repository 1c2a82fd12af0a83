/**
 * What the parts of the report's script share. All of it runs in the page, where page-script.ts puts these functions into one
 * scope as source text: they may use each other and the page, nothing else.
 */

/** An element that only the script adds. */
export function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  ...inside: Array<Node | string>
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
}

/** For readers who do not see what changed. */
export function say(text: string): void {
  let said = document.querySelector('output.said');
  if (!said) {
    said = made('output', { className: 'said unseen' });
    document.querySelector('main')?.append(said);
  }
  said.textContent = text;
}
