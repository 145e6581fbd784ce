import { addressKind } from '#lib/yjs/address.ts';
import type { BlockKind, PlainMark } from '#lib/yjs/page-schema.ts';
import type { Attributes } from './html-tokens.ts';

/** How each plain mark stands in HTML. */
export const markTags: Readonly<Record<PlainMark, readonly string[]>> = {
  bold: ['strong', 'b'],
  italic: ['em', 'i', 'cite'],
  underline: ['u', 'ins'],
  strike: ['s', 'del', 'strike'],
  code: ['code', 'kbd', 'samp', 'tt']
};

/** What elements become as blocks. */
export const tagKinds: Readonly<Record<string, BlockKind>> = {
  h1: 'heading-2',
  h2: 'heading-2',
  h3: 'heading-3',
  h4: 'heading-4',
  h5: 'heading-4',
  h6: 'heading-4',
  blockquote: 'quote'
};

/** The marks of an element's text: by its tag, by its style, and those around it. */
export function marksOf(
  name: string,
  attributes: Attributes,
  around: readonly PlainMark[]
): readonly PlainMark[] {
  const style = attributes.get('style') ?? '';
  const says: Partial<Record<PlainMark, boolean>> = {};
  for (const [mark, tags] of Object.entries(markTags) as [PlainMark, readonly string[]][])
    if (tags.includes(name)) says[mark] = true;
  const weight = valueIn(style, 'font-weight');
  if (weight !== undefined) says.bold = /^(?:bold|bolder|[6-9]\d\d)$/.test(weight);
  const slant = valueIn(style, 'font-style');
  if (slant !== undefined) says.italic = /^(?:italic|oblique)/.test(slant);
  const line = valueIn(style, 'text-decoration') ?? valueIn(style, 'text-decoration-line');
  // A link is underlined by nature.
  if (line?.includes('underline') && name !== 'a') says.underline = true;
  if (line?.includes('line-through')) says.strike = true;
  const marks = Object.keys(markTags) as PlainMark[];
  return marks.filter((mark) => says[mark] ?? around.includes(mark));
}

/** The level of an entry of a list, as Word tells it beside a paragraph; undefined where it is none. */
export function wordLevel(attributes: Attributes): number | undefined {
  const level = /mso-list:[^;]*level(\d)/.exec(attributes.get('style') ?? '')?.[1];
  return level === undefined ? undefined : Number(level) - 1;
}

/** PG2: an address as a page can hold it; undefined where a link may not lead there. */
export function heldAddress(href: string): string | undefined {
  const tidy = href.trim();
  if (addressKind(tidy) !== undefined) return tidy;
  try {
    const { protocol, href: written } = new URL(tidy);
    const leads = protocol === 'https:' || protocol === 'http:' || protocol === 'mailto:';
    return leads && addressKind(written) !== undefined ? written : undefined;
  } catch {
    return undefined;
  }
}

/** Of a style, without a parser of styles: only a few words of it are asked for. */
function valueIn(style: string, property: string): string | undefined {
  return new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, 'i').exec(style)?.[1]?.trim().toLowerCase();
}
