import { textIn } from './encodings.ts';

const codes = new Map(
  Array.from({ length: 128 }, (_, at) => [textIn(new Uint8Array([at + 128]), 'windows-1252'), at + 128])
);

/** TA15: a cell of UTF-8 that a program took for Windows-1252 and wrote so: `MuÃ±oz` is Muñoz. Others stay as they are. */
export function encodedOnce(cell: string): string {
  if (!/[\u00c2-\u00f4][^\0-\x7f]/.test(cell)) return cell;
  const bytes = [...cell].map((sign) => (sign < '\x80' ? sign.charCodeAt(0) : codes.get(sign)));
  if (bytes.includes(undefined)) return cell;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (byte) => byte ?? 0));
  } catch {
    return cell;
  }
}
