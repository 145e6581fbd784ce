import { textIn, type Encoding } from '#lib/tables/encodings.ts';

/** A text as a program that knows one encoding of single bytes writes it. */
export function bytesIn(text: string, encoding: Encoding): Uint8Array {
  const codes = new Map<string, number>();
  for (let code = 0; code < 256; code++) codes.set(textIn(new Uint8Array([code]), encoding), code);
  return Uint8Array.from(text, (sign) => {
    const code = codes.get(sign);
    if (code === undefined) throw new Error(`${encoding} has no ${sign}`);
    return code;
  });
}
