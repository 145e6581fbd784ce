import * as v from 'valibot';
import { errorBody, type ErrorCode } from '#lib/protocol/messages.ts';
import { isRelay, relayHeader } from '#lib/protocol/relay-header.ts';
import { fetchWhole, NoAnswer, type Whole } from './fetch-whole.ts';
import { gzipped } from './gzipped.ts';
import { RelayError } from './relay-error.ts';

/** What is asked of the relay. */
export interface Asking {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH';
  readonly path: string;
  /** A JSON text, or bytes. */
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** NW12: the body goes packed, where there is enough of it. */
  readonly packed?: boolean;
}

/** In bytes: what is smaller goes in one packet anyway. */
const worthPacking = 1_024;

/** What stands for the code of an answer that has no body. */
const bare: Readonly<Record<number, ErrorCode>> = {
  401: 'not-enrolled',
  403: 'not-permitted',
  404: 'not-found',
  429: 'slow-down'
};

/**
 * Asks the relay. Only an answer that proves to be a relay's counts as one (NW8): what a portal or a filter says in its
 * place is `foreign`, whatever its status and its form; and only what `fetch` itself says of the network is `offline`,
 * never a mistake of ours.
 *
 * @returns an answer of the relay that went well
 * @throws RelayError
 */
export async function askRelay(fetcher: typeof fetch, asking: Asking): Promise<Whole> {
  const { method, path, body, headers, packed = false } = asking;
  const plain = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const packs = packed && plain !== undefined && plain.length >= worthPacking;
  const bytes = packs ? await gzipped(plain) : plain;
  const type = typeof body === 'string' ? 'application/json' : 'application/octet-stream';
  const answer = await reached(() =>
    fetchWhole(
      path,
      {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        // The relay sends nobody elsewhere; portals do.
        redirect: 'manual',
        headers: {
          ...(bytes === undefined ? {} : { 'Content-Type': type }),
          ...(packs ? { 'Content-Encoding': 'gzip' } : {}),
          ...headers
        },
        ...(bytes === undefined ? {} : { body: bytes })
      },
      { sent: bytes?.length ?? 0, fetcher }
    )
  );
  if (!isRelay(answer.headers.get(relayHeader))) throw new RelayError('foreign', { cause: answer.status });
  if (answer.status >= 200 && answer.status < 300) return answer;
  if (method === 'HEAD') throw new RelayError(bare[answer.status] ?? 'unreadable', { cause: answer.status });
  const error = v.safeParse(errorBody, jsonOf(answer));
  if (!error.success) throw new RelayError('unreadable', { cause: answer.status });
  const { code, seconds } = error.output;
  throw new RelayError(code, seconds === undefined ? {} : { seconds });
}

/**
 * The JSON of an answer.
 *
 * @throws RelayError when it is none
 */
export function jsonOf({ bytes }: Whole): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new RelayError('unreadable', { cause });
  }
}

async function reached(asked: () => Promise<Whole>): Promise<Whole> {
  try {
    return await asked();
  } catch (error) {
    if (error instanceof NoAnswer) throw new RelayError('offline', { cause: error.cause });
    throw error;
  }
}
