import { utf8 } from '#lib/crypto/encoding.ts';
import { importPublicKey, verifyWith } from '#lib/crypto/signing.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';

/** So many keys are kept; of a school that writes at once each is imported once. */
const most = 5_000;

/** Public keys as they were imported: importing one costs nearly as much as verifying a signature with it. */
export class KnownKeys {
  readonly #keys = new Map<string, Promise<CryptoKey>>();

  /** GA6: whether this key has signed the header; false for anything malformed. */
  async hasSigned(publicKey: string, { header, signature }: SignedChange): Promise<boolean> {
    try {
      return await verifyWith(await this.#imported(publicKey), signature, utf8(header));
    } catch {
      return false;
    }
  }

  #imported(publicKey: string): Promise<CryptoKey> {
    const key = this.#keys.get(publicKey) ?? importPublicKey(publicKey);
    this.#keys.delete(publicKey);
    this.#keys.set(publicKey, key);
    for (const oldest of this.#keys.keys()) {
      if (this.#keys.size <= most) break;
      this.#keys.delete(oldest);
    }
    return key;
  }
}
