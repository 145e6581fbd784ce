import { textIn, type Encoding } from './encodings.ts';
import { tableLimits } from './limits.ts';
import { likelihood } from './likely.ts';
import { unreadable, type Unreadable } from './unreadable.ts';

/** Text as it was read from bytes. */
export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
  /** The bytes do not say in which encoding they are. */
  readonly guessed: boolean;
}

/** Magic bytes of workbooks: ZIP (xlsx, ods, numbers) and OLE (xls). */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0]
];

/** Control signs that no text has: all but tab, line feed, vertical tab, form feed, carriage return, end of file. */
const control = /[\0-\x08\x0e-\x19\x1b-\x1f]/;
/** What a decoder puts in the place of bytes that mean nothing. */
const undecodable = /\ufffd/g;

/** The encodings among which is guessed, the likeliest first where two are as good; others can be chosen. */
const guesses = [
  ...(['windows-1252', 'windows-1250', 'cp850', 'macintosh', 'windows-1253', 'windows-1251'] as const),
  ...(['iso-8859-2', 'iso-8859-7', 'windows-1254', 'windows-1257'] as const)
];
/** So many bytes are guessed by. */
const looked = 64 * 1024;

/**
 * TA1, TA2: reads the bytes of a text file in the encoding that it is in: UTF-8 and UTF-16 with their marks, else UTF-16
 * where every other byte is zero, else UTF-8 where it is valid, or all but a few bytes of it are; else in the one in
 * which its letters are likeliest to be those of names.
 *
 * @param chosen somebody said which one
 */
export function decode(bytes: Uint8Array, chosen?: Encoding): Decoded | Unreadable {
  if (bytes.length > tableLimits.bytes) return unreadable('too-large', { limit: tableLimits.bytes });
  if (bytes.length === 0) return unreadable('empty');
  if (workbooks.some((magic) => magic.every((byte, at) => bytes[at] === byte))) {
    return unreadable('spreadsheet');
  }
  const certain = certainIn(bytes);
  if (!certain) return unreadable('binary');
  const encoding = chosen ?? (certain === 'guess' ? guessed(bytes) : certain);
  if (!encoding) return unreadable('binary');
  // Old programs end a file with this sign.
  const text = textIn(bytes, encoding).replace(/\x1a$/, '');
  return control.test(text) ? unreadable('binary') : { text, encoding, guessed: certain === 'guess' };
}

/** The encoding that the bytes tell; `guess`: they do not; undefined: they are no text. */
function certainIn(bytes: Uint8Array): Encoding | 'guess' | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  let [even, odd] = [0, 0];
  for (const [at, byte] of bytes.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even++;
    else odd++;
  }
  // Spaces, delimiters and line ends of a text in any script have a zero half, on one side only.
  if (even + odd > 0) {
    if (even === 0) return 'utf-16le';
    return odd === 0 ? 'utf-16be' : undefined;
  }
  return isUtf8(bytes) ? 'utf-8' : 'guess';
}

function guessed(bytes: Uint8Array): Encoding | undefined {
  const part = bytes.subarray(0, looked);
  const utf8 = textIn(part, 'utf-8');
  const strays = utf8.match(undecodable)?.length ?? 0;
  // Two bytes of another encoding hardly ever make a letter of UTF-8: where some do, the few others are strays.
  const letters = utf8.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0;
  if (letters > strays) return 'utf-8';
  let [best, most]: [Encoding | undefined, number] = [undefined, Number.NEGATIVE_INFINITY];
  for (const encoding of guesses) {
    const text = textIn(part, encoding);
    // The second half of the control signs (C1) stands in no text either.
    if (/[\ufffd\x80-\x9f]/.test(text)) continue;
    const weight = likelihood(text);
    if (weight > most) [best, most] = [encoding, weight];
  }
  return best;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
