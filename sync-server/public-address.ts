import { reachOf } from '#lib/domain/public-address.ts';
import type { MetaStore } from './storage/storage.ts';

/** What the relay knows of the address under which people open it, and by whom. */
export type SaidAddress =
  { readonly by: 'technician' | 'administrator'; readonly address: string } | { readonly by: 'nobody' };

/** OP12: the address for links, codes and cards: the technician's word, else an administrator's, which is stored. */
export class PublicAddress {
  readonly #meta: MetaStore;
  readonly #fixed: string | undefined;
  #stored: string;

  private constructor(meta: MetaStore, fixed: string | undefined, stored: string) {
    this.#meta = meta;
    this.#fixed = fixed;
    this.#stored = stored;
  }

  /** @param fixed PUBLIC_URL, where it is set */
  static async read(meta: MetaStore, fixed: URL | undefined): Promise<PublicAddress> {
    return new PublicAddress(meta, fixed?.origin, (await meta.get('public-address')) ?? '');
  }

  get said(): SaidAddress {
    if (this.#fixed !== undefined) return { by: 'technician', address: this.#fixed };
    return this.#stored === '' ? { by: 'nobody' } : { by: 'administrator', address: this.#stored };
  }

  /** Undefined where nobody has said one. */
  get address(): string | undefined {
    const { said } = this;
    return said.by === 'nobody' ? undefined : said.address;
  }

  /** @param address what `readPublicAddress` has read; empty: none any more */
  async choose(address: string): Promise<void> {
    await this.#meta.set('public-address', address);
    this.#stored = address;
  }
}

/** OP11: what the relay says at its start of the address for tablets, or of what is missing. */
export function reachLine(address: string | undefined): string {
  const advice =
    'Set PUBLIC_URL to the https address that they open (README, "For the school\'s technician").';
  if (address === undefined) return `Tablets have no address yet. ${advice}`;
  switch (reachOf(address)) {
    case 'tablets':
      return `Tablets reach me at ${address}`;
    case 'this-machine':
      return `Tablets cannot open ${address}, only this machine can. ${advice}`;
    case 'nobody':
      return `Tablets open ${address} and are told that it has no https, without which browsers store nothing. ${advice}`;
  }
}
