import { sha256 } from '@noble/hashes/sha2';

/** SHA-256 of bytes that come in pieces (FIPS 180-4), since browsers take only the whole at once. */
export class Sha256 {
  readonly #hash = sha256.create();

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** base64url without padding (RFC 4648, 5), as media are announced with. Nothing is added afterwards. */
  end(): string {
    const text = btoa(String.fromCharCode(...this.#hash.digest()));
    return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  }
}
