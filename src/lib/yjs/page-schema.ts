import { addressKind } from './address.ts';

/**
 * PG1: what a page is made of, said once: from this table come the editor's nodes and marks, what the relay lets in and
 * the view for reading. A newer version of it is shown plainly, and not edited.
 */
export const pageSchemaVersion = 1;

/** The one root of a page's document, a Y.XmlFragment. */
export const pageRoot = 'body';

/** What a block can be. Being an attribute, it changes without the loss of what others type in it meanwhile. */
export const blockKinds = [
  'text',
  'heading-2',
  'heading-3',
  'heading-4',
  'bullet',
  'number',
  'check',
  'quote',
  'callout'
] as const;
export type BlockKind = (typeof blockKinds)[number];

/** How deep a block may stand. */
export const mostIndent = 4;

/** How wide a picture or film stands in the page. */
export const mediaSizes = ['small', 'wide', 'row'] as const;
export type MediaSize = (typeof mediaSizes)[number];

/** A value of an attribute: what it may be, and what stands for it where it is missing. */
interface Attribute {
  readonly fallback: string | number | boolean;
  readonly fits: (value: unknown) => boolean;
}

interface Element {
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Which elements may stand in it. */
  readonly holds: readonly ElementName[];
  /** Whether text stands in it. */
  readonly text: boolean;
}

export type ElementName = 'block' | 'table' | 'row' | 'cell' | 'rule' | 'media';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const oneOf = (values: readonly string[], fallback: string): Attribute => ({
  fallback,
  fits: (value) => typeof value === 'string' && values.includes(value)
});
const whole = (most: number): Attribute => ({
  fallback: 0,
  fits: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most
});
const yesNo: Attribute = { fallback: false, fits: (value) => typeof value === 'boolean' };
const words = (most: number): Attribute => ({
  fallback: '',
  fits: (value) => typeof value === 'string' && value.length <= most && isPageText(value)
});

/** The elements. All attributes of one are set when it is made; what does not stand here cannot be said. */
export const elements: Readonly<Record<ElementName, Element>> = {
  block: {
    attributes: { kind: oneOf(blockKinds, 'text'), indent: whole(mostIndent), checked: yesNo },
    holds: [],
    text: true
  },
  table: { attributes: {}, holds: ['row'], text: false },
  row: { attributes: {}, holds: ['cell'], text: false },
  cell: { attributes: { header: yesNo }, holds: ['block'], text: false },
  rule: { attributes: {}, holds: [], text: false },
  media: {
    attributes: {
      media: { fallback: '', fits: (value) => typeof value === 'string' && uuid.test(value) },
      size: oneOf(mediaSizes, 'wide'),
      alt: words(1000),
      caption: words(300)
    },
    holds: [],
    text: false
  }
};

/** What may stand at the top of a page. */
export const topElements: readonly ElementName[] = ['block', 'table', 'rule', 'media'];

/** The marks that say only yes. */
export const plainMarks = ['bold', 'italic', 'underline', 'strike', 'code'] as const;
export type PlainMark = (typeof plainMarks)[number];

/** The mark of a link: `{ href }`. */
export const linkMark = 'link';

/** Whether the schema has an element of that name. */
export function isElement(name: string): name is ElementName {
  return Object.hasOwn(elements, name);
}

/** PG1: whether this attribute of the element may have this value. */
export function attributeFits(element: ElementName, name: string, value: unknown): boolean {
  const { attributes } = elements[element];
  return Object.hasOwn(attributes, name) && attributes[name]?.fits(value) === true;
}

/**
 * PG1: whether a mark may have this value: an empty object, an object with nothing but the address of a link, or null
 * where it ends. Marks do not overlap themselves, so each has the one name under which it is stored.
 */
export function markFits(name: string, value: unknown): boolean {
  const known = name === linkMark || plainMarks.some((mark) => mark === name);
  if (!known || value === null) return known;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  if (name !== linkMark) return entries.length === 0;
  const [only, ...more] = entries;
  return more.length === 0 && only?.[0] === 'href' && addressKind(only[1]) !== undefined;
}

/** Whether all of it may stand in a page: no control characters but a new line and a tabulator. */
export function isPageText(text: string): boolean {
  return !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text);
}
