import { Schema, type MarkSpec, type Node, type NodeSpec } from 'prosemirror-model';
import { addressKind } from '#lib/yjs/address.ts';
import {
  attributeFits,
  blockKinds,
  elements,
  linkMark,
  plainMarks,
  topElements,
  type ElementName,
  type PlainMark
} from '#lib/yjs/page-schema.ts';
import { markTags } from './pasted-looks.ts';

/**
 * PG1: the schema of the page as the editor knows it, made from the one table. Everything may be empty and stand in any
 * number: what a merge leaves is never called invalid, so nothing is healed, which would be a deletion in the name of
 * whoever looks.
 */
export const pageNodes = new Schema({
  nodes: {
    doc: { content: `(${topElements.join(' | ')})*` },
    block: blockSpec(),
    table: {
      ...held('table'),
      group: 'top',
      isolating: true,
      parseDOM: [{ tag: 'table' }],
      // Around it, so that a wide one is pushed along by itself; it is text like all around it, and told as such.
      toDOM: () => ['div', { class: 'table', contenteditable: 'true' }, ['table', ['tbody', 0]]]
    },
    row: { ...held('row'), parseDOM: [{ tag: 'tr' }], toDOM: () => ['tr', 0] },
    cell: cellSpec(),
    rule: { ...held('rule'), group: 'top', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
    // Drawn by the view of media; pasted pictures come from elsewhere and are left out.
    media: {
      ...held('media'),
      group: 'top',
      atom: true,
      toDOM: ({ attrs }) => [
        'figure',
        { class: 'media', 'data-size': String(attrs['size']), 'aria-label': String(attrs['alt']) }
      ]
    },
    text: {}
  },
  marks: { ...Object.fromEntries(plainMarks.map((mark) => [mark, plainSpec(mark)])), [linkMark]: linkSpec() }
});

/** What stands in an element, and its attributes with what stands for those that are missing. */
function held(name: ElementName): NodeSpec {
  const { attributes, holds, text } = elements[name];
  const content = text ? 'text*' : holds.length > 0 ? `(${holds.join(' | ')})*` : '';
  const attrs = Object.entries(attributes).map(([attribute, { fallback }]) => [
    attribute,
    { default: fallback }
  ]);
  return { content, attrs: Object.fromEntries(attrs) as NodeSpec['attrs'] & object };
}

function blockSpec(): NodeSpec {
  return {
    ...held('block'),
    whitespace: 'pre',
    // What stands in a block goes along when it is copied, with its kind.
    defining: true,
    parseDOM: [
      {
        tag: 'div[data-kind]',
        preserveWhitespace: 'full',
        getAttrs: (dom) => ({
          kind: known(dom.dataset['kind'], blockKinds, 'text'),
          indent: indentOf(dom),
          checked: dom.dataset['checked'] === 'true'
        })
      }
    ],
    toDOM: (node) => ['div', blockAttributes(node), 0]
  };
}

/** What the element of a block says of it. */
export function blockAttributes({ attrs }: Node): Readonly<Record<string, string>> {
  return {
    'data-kind': String(attrs['kind']),
    'data-indent': String(attrs['indent']),
    'data-checked': String(attrs['checked']),
    ...headingRole(String(attrs['kind']))
  };
}

/** A heading is told as one, though it is an element like any other. */
function headingRole(kind: string): Readonly<Record<string, string>> {
  const level = /^heading-(\d)$/.exec(kind)?.[1];
  return level === undefined ? {} : { role: 'heading', 'aria-level': level };
}

function cellSpec(): NodeSpec {
  return {
    ...held('cell'),
    isolating: true,
    parseDOM: [
      { tag: 'td', getAttrs: () => ({ header: false }) },
      { tag: 'th', getAttrs: () => ({ header: true }) }
    ],
    toDOM: ({ attrs }) => [attrs['header'] === true ? 'th' : 'td', 0]
  };
}

function plainSpec(mark: PlainMark): MarkSpec {
  const [tag = 'span'] = markTags[mark];
  return { parseDOM: markTags[mark].map((one) => ({ tag: one })), toDOM: () => [tag, 0] };
}

function linkSpec(): MarkSpec {
  return {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: 'a[data-href]',
        getAttrs: ({ dataset: { href } }) => (addressKind(href) === undefined ? false : { href })
      }
    ],
    // The address is where the caret is told it; a tap in a text that is being written goes nowhere.
    toDOM: ({ attrs }) => {
      const href = String(attrs['href']);
      return ['a', { 'data-href': href, title: href.startsWith('page:') ? '' : href }, 0];
    }
  };
}

function known<Value extends string>(
  value: string | undefined,
  values: readonly Value[],
  fallback: Value
): Value {
  return values.find((one) => one === value) ?? fallback;
}

function indentOf({ dataset }: HTMLElement): number {
  const indent = Number(dataset['indent']);
  return attributeFits('block', 'indent', indent) ? indent : 0;
}
