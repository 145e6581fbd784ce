import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { policyFor } from './content-policy.ts';
import { contentTypes } from './content-types.mjs';

/** How a file's packed copy ends, which the build laid beside it. */
const endings = { br: '.br', gzip: '.gz' };
export type Encoding = keyof typeof endings;

/** A file of the built app, ready to be sent. */
export interface StaticFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly cacheControl: string;
  readonly etag: string;
  /** For a page: where its inline scripts and styles are allowed (HT7). */
  readonly policy?: (host: string) => string;
  /** The packed copy; undefined where the build made none, or one that gains nothing. */
  packed(encoding: Encoding): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/**
 * The built app (HT5). Files are read when first asked for and kept while they stay as they are on the disk, so a new
 * build is served without a restart.
 */
export class StaticFiles {
  readonly #folder: string;
  readonly #kept = new Map<string, { readonly stamp: string; readonly file: Promise<StaticFile> }>();

  constructor(folder: string) {
    this.#folder = normalize(folder);
  }

  /** The file at this path of an address; undefined where there is none. */
  async get(path: string): Promise<StaticFile | undefined> {
    const place = join(this.#folder, path);
    const hidden = path.split('/').some((part) => part.startsWith('.'));
    if (hidden || path.includes('\0') || !place.startsWith(this.#folder + sep)) return undefined;
    const stats = await stat(place).catch(() => undefined);
    if (!stats?.isFile()) return undefined;
    const stamp = `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
    const kept = this.#kept.get(place);
    if (kept?.stamp === stamp) return kept.file;
    const file = readFile(place).then((bytes) => describe(path, place, new Uint8Array(bytes)));
    file.catch(() => this.#kept.delete(place));
    this.#kept.set(place, { stamp, file });
    return file;
  }
}

function describe(path: string, place: string, bytes: Uint8Array<ArrayBuffer>): StaticFile {
  const type = contentTypes[extname(path)] ?? 'application/octet-stream';
  const known = new Map<Encoding, Promise<Uint8Array<ArrayBuffer> | undefined>>();
  return {
    bytes,
    type,
    cacheControl: keeping(path, type),
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    ...(type.startsWith('text/html') ? { policy: policyFor(new TextDecoder().decode(bytes)) } : {}),
    packed: (encoding) => {
      const packed = known.get(encoding) ?? packedCopy(place, bytes.length, endings[encoding]);
      known.set(encoding, packed);
      return packed;
    }
  };
}

/** The copy of an older build is none. */
async function packedCopy(
  place: string,
  size: number,
  ending: string
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const [plain, copy] = [await stat(place), await stat(place + ending)];
    if (copy.size >= size || copy.mtimeMs < plain.mtimeMs) return undefined;
    return new Uint8Array(await readFile(place + ending));
  } catch {
    return undefined;
  }
}

/**
 * HT5: what never changes is kept for ever, the rest is asked for again. A page is kept nowhere: WebKit else puts the one
 * that was left into its page cache, in the middle of a transaction, and the tablet's database answers no more.
 */
function keeping(path: string, type: string): string {
  if (path.startsWith('/_app/immutable/')) return 'public, max-age=31536000, immutable';
  return type.startsWith('text/html') ? 'no-store' : 'no-cache';
}
