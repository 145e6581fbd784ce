import * as Y from 'yjs';
import { addressKind } from './address.ts';
import { pageDocument } from './page-document.ts';
import { attributeFits, elements, linkMark, mostIndent, pageRoot, type BlockKind } from './page-schema.ts';
import type { Run } from './page-runs.ts';
import type { List, Part } from './page-tree.ts';

/** Bytes of one update at most, encoded: what is put together as one edit at a time (WR3). */
export const mostBytes = 64 * 1024;

/** Units of text that are written at once. */
const piece = 4096;
/** What these come to in bytes at most, encoded, besides the words in them. */
const weights = { element: 32, attribute: 32, text: 16, run: 28, mark: 70 } as const;

/** What is written at once: how many bytes it comes to at most, and the writing. */
interface Step {
  readonly bytes: number;
  readonly write: () => void;
}

/**
 * ON1: what makes a fresh page read as these parts (PG5): updates, one on the other, in the order in which they are
 * written, each of at most 64 KiB and let in as an edit (PG3). What a page cannot have is left out: signs, addresses,
 * pictures of no id; lists deeper than a page has them stand at its deepest. Parts that a page would read as one become
 * one. None where there is nothing to write.
 *
 * @param client the clientID under which all of it is written
 */
export function pageFromParts(parts: readonly Part[], client: number): readonly Uint8Array<ArrayBuffer>[] {
  const doc = pageDocument();
  doc.clientID = client;
  const updates: Uint8Array<ArrayBuffer>[] = [];
  let together: Step[] = [];
  let bytes = 0;
  const close = (): void => {
    const before = Y.encodeStateVector(doc);
    doc.transact(() => {
      for (const { write } of together) write();
    });
    if (together.length > 0) updates.push(new Uint8Array(Y.encodeStateAsUpdate(doc, before)));
    [together, bytes] = [[], 0];
  };
  for (const step of stepsOf(doc.getXmlFragment(pageRoot), parts)) {
    if (bytes + step.bytes > mostBytes) close();
    together.push(step);
    bytes += step.bytes;
  }
  close();
  doc.destroy();
  return updates;
}

function* stepsOf(parent: Y.XmlFragment, parts: readonly Part[]): Generator<Step> {
  for (const part of parts) {
    switch (part.is) {
      case 'paragraph':
        yield* block(parent, 'text', part.indent, part.runs);
        break;
      case 'heading':
        yield* block(parent, `heading-${part.level}`, 0, part.runs);
        break;
      case 'list':
        yield* listed(parent, part, 0);
        break;
      case 'quote':
      case 'callout':
        for (const { indent, runs } of part.paragraphs) yield* block(parent, part.is, indent, runs);
        break;
      case 'rule':
        yield element(parent, 'rule', {});
        break;
      case 'media':
        if (attributeFits('media', 'media', part.media)) {
          const { media, size, alt, caption } = part;
          yield element(parent, 'media', { media, size, alt, caption });
        }
        break;
      case 'table':
        yield* table(parent, part.rows);
    }
  }
}

function* listed(parent: Y.XmlFragment, { kind, items }: List, depth: number): Generator<Step> {
  for (const { runs, checked = false, lists } of items) {
    yield* block(parent, kind, depth, runs, checked);
    for (const list of lists) yield* listed(parent, list, Math.min(depth + 1, mostIndent));
  }
}

function* table(parent: Y.XmlFragment, rows: Extract<Part, { is: 'table' }>['rows']): Generator<Step> {
  const made = new Y.XmlElement('table');
  yield element(parent, made, {});
  for (const cells of rows) {
    const row = new Y.XmlElement('row');
    yield element(made, row, {});
    for (const { header, parts } of cells) {
      const cell = new Y.XmlElement('cell');
      yield element(row, cell, { header });
      // A cell holds nothing but text.
      yield* stepsOf(
        cell,
        parts.filter(({ is }) => is !== 'table' && is !== 'rule' && is !== 'media')
      );
    }
  }
}

/** A block with its text, a piece at a time. */
function* block(
  parent: Y.XmlFragment,
  kind: BlockKind,
  indent: number,
  runs: readonly Run[],
  checked = false
): Generator<Step> {
  const made = new Y.XmlElement('block');
  const text = new Y.XmlText();
  const { bytes, write } = element(parent, made, { kind, indent, checked });
  const begin = (): void => {
    write();
    made.insert(0, [text]);
  };
  yield { bytes: bytes + weights.text, write: begin };
  for (const run of runs) {
    const marks = marksOf(run);
    const most = weights.run + weights.mark * Object.keys(marks).length + utf8Bytes(run.href ?? '');
    for (const words of pieces(written(run.text)))
      yield { bytes: utf8Bytes(words) + most, write: () => text.insert(text.length, words, marks) };
  }
}

/** An element with all of its attributes, each as given where the schema has it so, else as its fallback. */
function element(
  parent: Y.XmlFragment,
  made: Y.XmlElement | 'rule' | 'media',
  given: Readonly<Record<string, unknown>>
): Step {
  const one = typeof made === 'string' ? new Y.XmlElement(made) : made;
  const name = one.nodeName as keyof typeof elements;
  const attributes = Object.entries(elements[name].attributes).map(([key, { fallback, fits }]) => {
    const value = given[key];
    return [key, fits(value) ? value : fallback] as const;
  });
  const words = attributes.map(([, value]) => weights.attribute + utf8Bytes(String(value)));
  return {
    bytes: weights.element + words.reduce((sum, one) => sum + one, 0),
    write: () => {
      // Yjs says that attributes are texts; a page's are numbers and yes or no, too.
      for (const [key, value] of attributes) one.setAttribute(key, value as string);
      parent.push([one]);
    }
  };
}

/** The marks of a run as they are stored. */
function marksOf({ marks, href }: Run): Record<string, object> {
  const plain = marks.map((mark) => [mark, {}] as const);
  const link = addressKind(href) === undefined ? [] : [[linkMark, { href }] as const];
  return Object.fromEntries([...plain, ...link]);
}

/** Without the signs that no page has. */
function written(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

/** In pieces, none of which ends within a character. */
function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const end = at + piece;
    const cut = end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
    yield text.slice(at, cut);
    at = cut;
  }
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
