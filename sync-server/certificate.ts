import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { forLog, type Log } from './log.ts';
import { StartRefusal } from './start-refusal.ts';

/** Where a certificate (with those above it) and its key lie, both as PEM. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** The two as they were read. */
interface Pair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Milliseconds between two looks at the files: whatever renews certificates does it weeks before they end. */
export const certificateLookMs = 10_000;

/** OP13: the certificate with which the relay speaks https, as its files have it now. */
export class Certificate {
  readonly #files: CertificateFiles;
  readonly #log: Log;
  #served: Pair;
  /** What lay there last and does not serve: said once. */
  #refused: Pair | undefined;

  private constructor(files: CertificateFiles, log: Log, served: Pair) {
    this.#files = files;
    this.#log = log;
    this.#served = served;
  }

  /** @throws StartRefusal where the files cannot be read or do not belong together */
  static async read(files: CertificateFiles, log: Log): Promise<Certificate> {
    try {
      const pair = await readPair(files);
      createSecureContext(pair);
      return new Certificate(files, log, pair);
    } catch (cause) {
      throw new StartRefusal(
        'certificate-invalid',
        `TLS_CERT (${files.certificate}) and TLS_KEY (${files.key}) are no certificate and its key, or this user may not read them. Both are PEM files; the key has no passphrase.`,
        { cause }
      );
    }
  }

  get served(): SecureContextOptions {
    return this.#served;
  }

  /**
   * Looks at the files. One that has changed and serves is taken; one that does not (it may be half written, too) is told
   * in the log and leaves the one before.
   *
   * @param take called with a new one
   */
  async look(take: (served: SecureContextOptions) => void): Promise<void> {
    let pair: Pair | undefined;
    try {
      pair = await readPair(this.#files);
      if (same(pair, this.#served) || same(pair, this.#refused)) return;
      createSecureContext(pair);
    } catch (error) {
      if (pair === undefined && this.#refused === nothing) return;
      this.#refused = pair ?? nothing;
      return this.#log.error({ event: 'certificate-refused', ...forLog(error) });
    }
    this.#served = pair;
    this.#refused = undefined;
    take(pair);
    this.#log.info({ event: 'certificate-taken' });
  }
}

/** Files that cannot be read. */
const nothing: Pair = { cert: Buffer.alloc(0), key: Buffer.alloc(0) };

async function readPair({ certificate, key }: CertificateFiles): Promise<Pair> {
  const [cert, its] = await Promise.all([readFile(certificate), readFile(key)]);
  return { cert, key: its };
}

function same(one: Pair, other: Pair | undefined): boolean {
  return other !== undefined && one.cert.equals(other.cert) && one.key.equals(other.key);
}
