import { fromBase64UrlEncoded, toBase64UrlEncoded } from 'lib0/buffer';

/** Bytes as base64url without padding (RFC 4648 §5). */
export const toBase64Url: (bytes: Uint8Array) => string = toBase64UrlEncoded;

/** The bytes of a base64url text (RFC 4648 §5). Throws where it is none. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new TypeError('not base64url');
  return new Uint8Array(fromBase64UrlEncoded(text));
}

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

/** The SHA-256 (FIPS 180-4) of the bytes, or of a text's UTF-8 bytes, in base64url: 43 characters. */
export async function sha256(content: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const bytes = typeof content === 'string' ? utf8(content) : content;
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** So many bytes from the platform's cryptographic source, in base64url. 32 of them make a link's secret. */
export function randomText(bytes: number): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** A whole number from 0 up to, not including, the bound; without bias (rejection), bound at most 2^32. */
export function randomBelow(bound: number): number {
  const fair = Math.floor(2 ** 32 / bound) * bound;
  for (;;) {
    const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (value < fair) return value % bound;
  }
}
