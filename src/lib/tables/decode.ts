import { tableLimits } from './limits.ts';
import { unreadable, type Unreadable } from './unreadable.ts';

/** Text as it was read from bytes. */
export interface Decoded {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

/** Magic bytes of workbooks: ZIP (xlsx, ods, numbers) and OLE (xls). */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0]
];

/** Signs that no text has: control signs but tab, line feed, vertical tab, form feed, carriage return. */
const control = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;
/** What a decoder puts in the place of bytes that mean nothing. */
const undecodable = '\ufffd';

/**
 * TA1, TA2: reads the bytes of a text file in the encoding that it is in: UTF-8 and UTF-16 with their marks, else
 * UTF-16 where every other byte is zero, else UTF-8 where it is valid, else Windows-1252, which every byte is.
 */
export function decode(bytes: Uint8Array): Decoded | Unreadable {
  if (bytes.length > tableLimits.bytes) return unreadable('too-large', { limit: tableLimits.bytes });
  if (bytes.length === 0) return unreadable('empty');
  if (workbooks.some((magic) => magic.every((byte, at) => bytes[at] === byte))) {
    return unreadable('spreadsheet');
  }
  const encoding = encodingOf(bytes);
  if (!encoding) return unreadable('binary');
  const text = new TextDecoder(encoding).decode(bytes);
  // In valid UTF-8 that sign is one that somebody wrote.
  const broken = text.includes(undecodable) && !(encoding === 'utf-8' && isUtf8(bytes));
  return broken || control.test(text) ? unreadable('binary') : { text, encoding };
}

function encodingOf(bytes: Uint8Array): Decoded['encoding'] | undefined {
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
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
