import { Schema, type MarkSpec, type NodeSpec } from 'prosemirror-model';
import { addressKind } from '#lib/yjs/address.ts';
import {
  attributeFits,
  blockKinds,
  elements,
  linkMark,
  mostIndent,
  plainMarks,
  topElements,
  type BlockKind,
  type ElementName,
  type PlainMark
} from '#lib/yjs/page-schema.ts';

/** How each plain mark stands in HTML: the first is drawn, all are read when something is pasted. */
const markTags: Readonly<Record<PlainMark, readonly string[]>> = {
  bold: ['strong', 'b'],
  italic: ['em', 'i'],
  underline: ['u'],
  strike: ['s', 'del', 'strike'],
  code: ['code']
};

/** What pasted HTML becomes as a block. */
const blockTags: readonly (readonly [tag: string, kind: BlockKind])[] = [
  ['p', 'text'],
  ['h1', 'heading-2'],
  ['h2', 'heading-2'],
  ['h3', 'heading-3'],
  ['h4', 'heading-4'],
  ['h5', 'heading-4'],
  ['h6', 'heading-4'],
  ['ul li', 'bullet'],
  ['ol li', 'number'],
  ['li', 'bullet'],
  ['blockquote', 'quote'],
  ['pre', 'text']
];

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
      toDOM: () => ['table', ['tbody', 0]]
    },
    row: { ...held('row'), parseDOM: [{ tag: 'tr' }], toDOM: () => ['tr', 0] },
    cell: cellSpec(),
    rule: { ...held('rule'), group: 'top', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
    // Drawn by the view of media; pasted pictures come from elsewhere and are left out.
    media: { ...held('media'), group: 'top', atom: true, toDOM: () => ['figure', { class: 'media' }] },
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
      },
      ...blockTags.map(([tag, kind]) => ({
        tag,
        getAttrs: (dom: HTMLElement) => ({
          kind,
          indent: kind === 'bullet' || kind === 'number' ? depthOf(dom) : 0
        })
      }))
    ],
    toDOM: ({ attrs }) => [
      'div',
      {
        'data-kind': String(attrs['kind']),
        'data-indent': String(attrs['indent']),
        'data-checked': String(attrs['checked'])
      },
      0
    ]
  };
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
        tag: 'a[href]',
        getAttrs: (dom) => {
          const href = dom.getAttribute('href');
          return addressKind(href) === undefined ? false : { href };
        }
      }
    ],
    // The address is where the caret is told it; a tap in a text that is being written goes nowhere.
    toDOM: ({ attrs }) => ['a', { title: String(attrs['href']) }, 0]
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

/** In how many lists a pasted entry stands beyond the first. */
function depthOf(entry: HTMLElement): number {
  let depth = -1;
  for (let at = entry.parentElement; at; at = at.parentElement) if (at.matches('ul, ol')) depth += 1;
  return Math.min(Math.max(depth, 0), mostIndent);
}
