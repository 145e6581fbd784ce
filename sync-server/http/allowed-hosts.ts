import { isIP } from 'node:net';
import { isLoopback } from '#lib/domain/public-address.ts';
import { bare, nameIn } from './host-name.ts';

/** What a request says of where it was going. */
export interface Aimed {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which browsers send to secure addresses only, and no script can set (Fetch Metadata §2). */
  readonly site: string | undefined;
  readonly hasCookie: boolean;
}

/**
 * HT14: under which names the relay is itself. A page of another name can be made to reach it (DNS rebinding): then the
 * browser calls the relay by that name. See the README, "Whose name it is called by".
 */
export class AllowedHosts {
  readonly #bound: string;
  readonly #public: URL | undefined;
  readonly #overTls: boolean;

  /**
   * @param bound the name or address on which it listens
   * @param publicUrl under which it is known outside; absent where nobody has said so
   * @param overTls it has a certificate of its own
   */
  constructor(bound: string, publicUrl?: URL, overTls = false) {
    this.#overTls = overTls;
    this.#bound = bound.toLowerCase();
    this.#public = publicUrl;
  }

  /** Whether somebody has said under which name it is known. */
  get isNamed(): boolean {
    return this.#public !== undefined;
  }

  /** Whether browsers reach it by TLS, and by nothing else (HT15). */
  get isSecure(): boolean {
    return this.#public?.protocol === 'https:';
  }

  /** HT20: where whoever opened the app by another name is led; undefined where nobody has said an address with https. */
  get home(): string | undefined {
    return this.isSecure ? this.#public?.origin : undefined;
  }

  /** Whether a request to this host is meant for this relay. */
  allows({ host, origin, site, hasCookie }: Aimed): boolean {
    const name = host === undefined ? undefined : nameIn(host);
    if (name === undefined) return false;
    if (isLoopback(name) || name === this.#bound) return true;
    if (this.#public) return name === bare(this.#public.hostname);
    // An address is no name that somebody's own server could give away.
    if (isIP(name) !== 0) return true;
    // Nobody can have a certificate for a name that is not theirs, so what came by TLS meant us, or a proxy of ours.
    if (this.#overTls) return true;
    return origin === undefined ? site !== undefined || hasCookie : origin === `https://${host}`;
  }
}
