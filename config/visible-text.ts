/** Text of others as it may be shown: what moves a cursor, colours, hides or turns letters round is written out. */
import { stripVTControlCharacters } from 'node:util';

/**
 * Unicode's control and format characters (bidirectional overrides and isolates, characters without width, tags), halves of
 * surrogate pairs, and line and paragraph separators. https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;
const EACH = new RegExp(`(?![\\t\\n])${UNSEEN.source}`, 'gu');
/** Joins pictures to one (a woman and a stethoscope to a doctor). */
const EMOJI_JOINER =
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})/u;
const EACH_BUT_JOINERS = new RegExp(`(?!${EMOJI_JOINER.source})${EACH.source}`, 'gu');

/** Whether a text has a character that cannot be seen; tabs and line breaks count. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/** The text without colours of a terminal, each other character that cannot be seen as `\u202e`. Tabs and line breaks stay. */
export function visible(text: string): string {
  if (!UNSEEN.test(text)) return text;
  return stripVTControlCharacters(text).replaceAll('\r\n', '\n').replace(EACH_BUT_JOINERS, escaped);
}

/** The same of JSON, which stays JSON and means the same. */
export function visibleJson(json: string): string {
  return UNSEEN.test(json) ? json.replace(EACH, escapedUnits) : json;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) as number;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : escapedUnits(character);
}

function escapedUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
