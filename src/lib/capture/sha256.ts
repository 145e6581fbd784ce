import { sha256 } from '@noble/hashes/sha2';
import { base64url } from './base64url.ts';

/** SHA-256 of bytes that come in pieces (FIPS 180-4), since browsers take only the whole at once. */
export class Sha256 {
  readonly #hash = sha256.create();

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** As media are announced with. Nothing is added afterwards. */
  end(): string {
    return base64url(this.#hash.digest());
  }
}
