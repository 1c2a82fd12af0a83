/** The frame of every page that the suite writes: one file that asks nobody else for anything. */
import { createHash } from 'node:crypto';
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
  /** Of the suite, never of a run: the page must be complete without it. */
  script?: string;
  /** Rules beside those of all pages. */
  style?: string;
}

/** The policy in its head forbids all requests but that for the style beside it, and scripts but the one that is given, by its hash. */
export function page({ title, head, main, foot, styleFile, script, style = '' }: Page): string {
  const scripts = script === undefined ? '' : `; script-src 'sha256-${sha256(script)}'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline' 'self'; img-src data: 'self'${trusted(scripts)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${trusted(STYLE)}${trusted(style)}</style>
${styleFile !== undefined && html`<link rel="stylesheet" href="${styleFile}">\n`}</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header><p>${head}</p></header>
<main id="main">
${main}</main>
<footer><p>${foot}</p></footer>
${script !== undefined && html`<script>${trusted(script)}</script>\n`}</body>
</html>
`.text;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
