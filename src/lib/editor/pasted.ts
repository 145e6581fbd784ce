import { isPageText, type BlockKind, type PlainMark } from '#lib/yjs/page-schema.ts';

/** A run of pasted text that looks alike. */
export interface PastedRun {
  readonly text: string;
  readonly marks: readonly PlainMark[];
  readonly href?: string;
}

/** A block of what was pasted. */
export interface PastedBlock {
  readonly is: 'block';
  readonly kind: BlockKind;
  readonly indent: number;
  readonly checked: boolean;
  readonly runs: readonly PastedRun[];
}

export interface PastedCell {
  readonly header: boolean;
  readonly blocks: readonly PastedBlock[];
}

/** A part of what was pasted. */
export type Pasted =
  | PastedBlock
  | { readonly is: 'rule' }
  | { readonly is: 'table'; readonly rows: readonly (readonly PastedCell[])[] };

/** What was read of something pasted, and whether its end was left out. */
export interface PastedParts {
  readonly parts: readonly Pasted[];
  readonly cut: boolean;
}

/** So much goes into a page at once, so that the edit stays what the relay takes (PG3). */
export const pasteLimits = {
  /** UTF-16 units that are read at all. */
  read: 4_000_000,
  /** UTF-16 units of text. */
  text: 150_000,
  /** Blocks, runs and cells. */
  pieces: 3_000
} as const;

/** Text of any origin as a page can hold it: without control characters and halves of signs (PG1, PG3). */
export function heldText(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, '');
  return isPageText(whole) ? whole : whole.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

/** PV6: plain text as blocks, one for each line that is not empty. */
export function pastedText(text: string): PastedParts {
  const lines = text
    .slice(0, pasteLimits.text)
    .split(/\r\n?|\n/)
    .map(heldText)
    .filter((line) => line.trim() !== '');
  const parts = lines.slice(0, pasteLimits.pieces).map((line): PastedBlock => ({
    is: 'block',
    kind: 'text',
    indent: 0,
    checked: false,
    runs: [{ text: line, marks: [] }]
  }));
  return { parts, cut: text.length > pasteLimits.text || lines.length > pasteLimits.pieces };
}
