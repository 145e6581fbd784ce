import * as Y from 'yjs';
import { elements, type BlockKind } from './page-schema.ts';

/** A line with this text, whole, to be put into a page. */
export function newLine(text: string, kind: BlockKind = 'text'): Y.XmlElement {
  const line = new Y.XmlElement('block');
  for (const [name, { fallback }] of Object.entries(elements.block.attributes)) {
    const value = name === 'kind' ? kind : fallback;
    // Yjs says string and stores any value.
    line.setAttribute(name, value as string);
  }
  line.insert(0, [new Y.XmlText(text)]);
  return line;
}
