import type { Lot, ShellFile } from './shell-list.ts';

/** What came for a file is not what the build named: something in between answers in the relay's place. */
export class NotTheShell extends Error {
  constructor(path: string, cause: string) {
    super(`not the app's own ${path}: ${cause}`);
    this.name = 'NotTheShell';
  }
}

/** An answer that has come whole. */
export interface Fetched {
  readonly status: number;
  readonly redirected: boolean;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What the shell needs of the browser; handed in, so that tests can. */
export interface ShellParts {
  /** Opens the one cache in which all versions stand side by side. */
  readonly open: () => Promise<Cache>;
  /** Fetches a whole answer, or rejects. */
  readonly fetch: (path: string, cache: RequestCache) => Promise<Fetched>;
  /** Whether a newer version is being fetched, or waits for its yes. */
  readonly nextComes: () => boolean;
}

/** So many files on their way at once: a slow network is not made slower, a distant one is not waited for each time. */
const lanes = 4;

/** A cache knows no headers of a request that would make another answer. */
const anyHeaders = { ignoreVary: true } as const;

/**
 * NW1: the files of this version of the app, as they are stored for offline. What is stored has the hash and the type
 * that the build named, whatever a portal, a filter or an error page answers in between; and it stands under its hash,
 * so that versions share what is the same in both and never take each other's.
 */
export class Shell {
  readonly #files: ReadonlyMap<string, ShellFile>;
  readonly #parts: ShellParts;

  constructor(files: readonly ShellFile[], parts: ShellParts) {
    this.#files = new Map(files.map((file) => [file.path, file]));
    this.#parts = parts;
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /**
   * The file as it is stored; fetched, looked at and stored where it is missing.
   *
   * @throws NotTheShell when something else came; what fetching throws when nothing did
   */
  async answer(path: string): Promise<Response> {
    const file = this.#files.get(path);
    if (!file) throw new Error(`${path} is none of the app's files`);
    const cache = await this.#parts.open();
    const stored = await cache.match(keyOf(file), anyHeaders);
    return stored ?? this.#take(cache, file);
  }

  /** A file of another version that a page in another tab still needs, if it is stored. */
  async ofAnotherVersion(path: string): Promise<Response | undefined> {
    const cache = await this.#parts.open();
    return cache.match(path, { ...anyHeaders, ignoreSearch: true });
  }

  async whole(): Promise<boolean> {
    return (await this.#missing(await this.#parts.open())).length === 0;
  }

  /**
   * Fetches whatever is missing. What was genuine stays even when the rest did not come, so that a slow network gets
   * there in several attempts.
   *
   * @throws the first reason why it is not whole
   */
  async fill(): Promise<void> {
    const cache = await this.#parts.open();
    const asked = together(await this.#missing(cache));
    const lane = async (): Promise<void> => {
      try {
        for (let next = asked.shift(); next; next = asked.shift()) await this.#takeAll(cache, next);
      } catch (error) {
        // The other lanes end with what they have in hand.
        asked.length = 0;
        throw error;
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
    const reasons = ended.flatMap((end): unknown[] => (end.status === 'rejected' ? [end.reason] : []));
    if (reasons.length > 0) throw reasons.find((reason) => reason instanceof NotTheShell) ?? reasons[0];
  }

  /**
   * Makes this version whole, as `fill`; when anything else came in its place, nothing of the attempt stays.
   *
   * @throws the reason why it is not whole
   */
  async install(): Promise<void> {
    const before = new Set((await (await this.#parts.open()).keys()).map(({ url }) => url));
    try {
      await this.fill();
    } catch (error) {
      if (error instanceof NotTheShell) await this.#drop((url) => !before.has(url));
      throw error;
    }
  }

  /** Deletes other versions' files, only once this one is whole, and while no newer one needs what was fetched for it. */
  async dropOthers(): Promise<void> {
    if (this.#parts.nextComes() || !(await this.whole())) return;
    const own = new Set([...this.#files.values()].map(keyOf));
    await this.#drop((url) => !own.has(pathOf(url)));
  }

  async #missing(cache: Cache): Promise<readonly ShellFile[]> {
    const stored = new Set((await cache.keys()).map(({ url }) => pathOf(url)));
    return [...this.#files.values()].filter((file) => !stored.has(keyOf(file)));
  }

  /** What is not in the answer for all of them, as the build named it, is asked for by itself. */
  async #takeAll(cache: Cache, { lot, files }: Asked): Promise<void> {
    const came = lot && (await this.#parts.fetch(lot.path, 'default'));
    for (const file of files) {
      const found = came && (await foundIn(came, file));
      await cache.put(keyOf(file), found ?? (await this.#genuine(file)));
    }
  }

  async #take(cache: Cache, file: ShellFile): Promise<Response> {
    const genuine = await this.#genuine(file);
    await cache.put(keyOf(file), genuine.clone());
    return genuine;
  }

  /** Asked for again past the browser's own cache where that has something else: it may have met the portal, too. */
  async #genuine(file: ShellFile): Promise<Response> {
    try {
      return await lookedAt(file, await this.#parts.fetch(file.path, 'default'));
    } catch (error) {
      if (!(error instanceof NotTheShell)) throw error;
      return lookedAt(file, await this.#parts.fetch(file.path, 'reload'));
    }
  }

  async #drop(which: (url: string) => boolean): Promise<void> {
    const cache = await this.#parts.open();
    for (const request of await cache.keys()) if (which(request.url)) await cache.delete(request, anyHeaders);
  }
}

/** What is asked for at once: a lot, for some of its files, or one file by itself. */
interface Asked {
  readonly lot?: Lot;
  readonly files: readonly ShellFile[];
}

/** Lots where at least half of one is missing, else each file by itself. */
function together(missing: readonly ShellFile[]): Asked[] {
  const lots = new Set(missing.map(({ lot }) => lot));
  return [...lots].flatMap((lot): Asked[] => {
    const files = missing.filter((file) => file.lot === lot);
    const size = files.reduce((sum, file) => sum + file.size, 0);
    return lot && size * 2 >= lot.size ? [{ lot, files }] : files.map((file) => ({ files: [file] }));
  });
}

/** The answer of this file alone, if it is in that of its lot as the build named it. */
async function foundIn(came: Fetched, file: ShellFile): Promise<Response | undefined> {
  const headers = new Headers(came.headers);
  headers.set('Content-Type', `${file.type}; charset=utf-8`);
  // The lot's, not the file's.
  headers.delete('ETag');
  try {
    return await lookedAt(file, { ...came, headers, bytes: came.bytes.slice(file.at, file.at + file.size) });
  } catch (error) {
    if (error instanceof NotTheShell) return undefined;
    throw error;
  }
}

/** @returns the answer, to be read, if it is the file that the build named */
async function lookedAt(file: ShellFile, fetched: Fetched): Promise<Response> {
  const { status, redirected, bytes } = fetched;
  const type = fetched.headers.get('Content-Type')?.split(';')[0]?.trim();
  if (status !== 200) throw new NotTheShell(file.path, `status ${status}`);
  if (redirected) throw new NotTheShell(file.path, 'redirected');
  if (type !== file.type) throw new NotTheShell(file.path, `type ${type}`);
  const hash = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
  if (hash !== file.hash) throw new NotTheShell(file.path, 'bytes');
  const headers = new Headers(fetched.headers);
  // Of the bytes on their way, not of those that are stored.
  for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name);
  return new Response(bytes, { headers });
}

function keyOf({ path, hash }: ShellFile): string {
  return `${path}?sha256=${encodeURIComponent(hash)}`;
}

/** A cache names whole addresses. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
