/** The frame of every page that the suite writes: one file that asks nobody else for anything. */
import { type Html, html, trusted } from './html.ts';
import { STYLE } from './style.ts';

export interface Page {
  title: string;
  /** Above the content, in small letters. */
  head: Html | string;
  main: Html;
  foot: Html;
  /** Of a style sheet beside the page, for servers that drop the one inside. */
  styleFile?: string;
}

/** The policy in its head forbids scripts and all requests but that for the style beside it. */
export function page({ title, head, main, foot, styleFile }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline' 'self'; img-src data: 'self'">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
${styleFile !== undefined && html`<link rel="stylesheet" href="${styleFile}">\n`}</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header><p>${head}</p></header>
<main id="main">
${main}</main>
<footer><p>${foot}</p></footer>
</body>
</html>
`.text;
}
