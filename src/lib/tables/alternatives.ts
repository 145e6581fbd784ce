import { encodings, textIn, type Encoding } from './encodings.ts';

/** A way to read the letters of a file, with words of it as they come out. */
export interface Alternative {
  readonly encoding: Encoding;
  readonly sample: string;
}

/** So many words are shown, and so many bytes looked at for them. */
const shown = 3;
const looked = 64 * 1024;

/**
 * TA17: the encodings in which the bytes of a file are a text, each with the first words that have letters beyond ASCII;
 * of several that make the same of these words the one in use stands for all.
 */
export function alternativesFor(bytes: Uint8Array, used: Encoding): readonly Alternative[] {
  const part = bytes.subarray(0, looked);
  const samples = new Map<string, Encoding>();
  for (const encoding of [used, ...encodings]) {
    if (encoding.startsWith('utf-16')) continue;
    const text = textIn(part, encoding);
    if (encoding !== used && /[\ufffd\x80-\x9f]/.test(text)) continue;
    const sample = [...new Set(text.match(/[\p{L}\p{M}'’]*[^\0-\x7f][^\s;,|"\t]*/gu))]
      .slice(0, shown)
      .join(', ');
    if (!samples.has(sample)) samples.set(sample, encoding);
  }
  return [...samples].map(([sample, encoding]) => ({ encoding, sample }));
}
