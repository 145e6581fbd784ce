import type { KeyId } from '#lib/domain/ids.ts';
import { fromBase64Url, sha256, toBase64Url } from './encoding.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A signing key as it is made: the private half still extractable, to be sealed and then forgotten. */
export interface FreshKey {
  readonly id: KeyId;
  /** The uncompressed point (SEC 1 §2.3.3, 65 bytes) in base64url. */
  readonly publicKey: string;
  /** PKCS #8 (RFC 5958). */
  readonly privateKey: Uint8Array<ArrayBuffer>;
}

/** Makes an ECDSA P-256 key pair (FIPS 186-5). */
export async function makeKey(): Promise<FreshKey> {
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
  const publicKey = toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return { id: await thumbprint(publicKey), publicKey, privateKey };
}

/** The RFC 7638 thumbprint of the key's JWK form. Throws a TypeError where the text is no uncompressed P-256 point. */
export async function thumbprint(publicKey: string): Promise<KeyId> {
  const point = fromBase64Url(publicKey);
  if (point.length !== 65 || point[0] !== 4) throw new TypeError('not an uncompressed P-256 point');
  const [x, y] = [toBase64Url(point.slice(1, 33)), toBase64Url(point.slice(33))];
  return (await sha256(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`)) as KeyId;
}

/** The private half, ready to sign and never to be exported again. Throws where the bytes are no such key. */
export function importPrivateKey(pkcs8: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', pkcs8, curve, false, ['sign']);
}

/** Signs the bytes: IEEE P1363 form, 64 bytes, in base64url. */
export async function sign(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign(algorithm, key, bytes)));
}

/** Says whether the signature over the bytes was made with the private half; false for anything malformed. */
export async function verify(
  publicKey: string,
  signature: string,
  bytes: Uint8Array<ArrayBuffer>
): Promise<boolean> {
  try {
    return await verifyWith(await importPublicKey(publicKey), signature, bytes);
  } catch {
    return false;
  }
}

/** The public half, ready to verify. Throws where the text is no point on the curve. */
export function importPublicKey(publicKey: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64Url(publicKey), curve, false, ['verify']);
}

/** The same with a key that was imported before. Throws where the signature is no base64url. */
export function verifyWith(
  key: CryptoKey,
  signature: string,
  bytes: Uint8Array<ArrayBuffer>
): Promise<boolean> {
  return crypto.subtle.verify(algorithm, key, fromBase64Url(signature), bytes);
}
