/** No answer came, or it broke off: fetch's own word, or too long a silence. Never a fault of ours. */
export class NoAnswer extends Error {
  constructor(cause: unknown) {
    super('no answer', { cause });
    this.name = 'NoAnswer';
  }
}

/** An answer that has come whole. */
export interface Whole {
  readonly status: number;
  readonly redirected: boolean;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Milliseconds without a byte after which nothing more is waited for. */
const silence = 15_000;

/**
 * Bytes in a millisecond below which nothing gets through: 4 kbit/s, which is what 8 kbit/s leave where every
 * thirtieth packet is lost. What is sent cannot be seen on its way, so its size says how long it may take.
 */
const slowest = 0.5;

/**
 * Fetches a whole answer. What is limited is silence, not the whole: an answer may take as long as it likes while it
 * goes on coming, and what is sent gets the time that a slow network needs.
 *
 * @param sent bytes of the request's body
 * @throws NoAnswer
 */
export async function fetchWhole(
  path: string,
  init: RequestInit = {},
  { sent = 0, fetcher = fetch }: { readonly sent?: number; readonly fetcher?: typeof fetch } = {}
): Promise<Whole> {
  // Not AbortSignal.timeout: older browsers have none, and it could not begin anew with each byte.
  const giveUp = new AbortController();
  let timer = setTimeout(() => giveUp.abort(), silence + sent / slowest);
  const heard = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => giveUp.abort(), silence);
  };
  try {
    const response = await network(fetcher(path, { ...init, signal: giveUp.signal }));
    heard();
    const { status, redirected, headers } = response;
    return { status, redirected, headers, bytes: await bytesOf(response, heard) };
  } finally {
    clearTimeout(timer);
  }
}

async function bytesOf(response: Response, heard: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (reader) {
    const { done, value } = await network(reader.read());
    if (done) break;
    heard();
    parts.push(value);
    length += value.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What the network has to say; only here its word counts as such. */
async function network<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    throw new NoAnswer(cause);
  }
}
