import * as v from 'valibot';
import {
  changesAnswer,
  deviceReport,
  errorBody,
  lookAnswer,
  nextAnswer,
  signInAnswer,
  startAnswer,
  useAnswer,
  type DeviceReport,
  type ErrorCode,
  type LookAnswer,
  type SignInAnswer,
  type UseAnswer
} from '#lib/protocol/messages.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { SealUse } from '#lib/protocol/credential.ts';

/** The relay could not be reached, or would not serve the request. */
export class RelayError extends Error {
  /** `offline`: no answer at all. `unreadable`: an answer that this app does not understand. */
  readonly code: ErrorCode | 'offline' | 'unreadable';
  /** With `slow-down`: seconds to wait. */
  readonly seconds?: number;

  constructor(code: RelayError['code'], options: { cause?: unknown; seconds?: number } = {}) {
    super(`relay: ${code}`, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'RelayError';
    this.code = code;
    if (options.seconds !== undefined) this.seconds = options.seconds;
  }
}

/** After so many milliseconds without an answer the relay counts as out of reach. */
const patience = 15_000;

/** The relay's HTTP interface (PROTOCOL.md). Every method throws a RelayError. */
export class RelayClient {
  readonly #fetch: typeof fetch;

  constructor(fetcher: typeof fetch = (...request) => fetch(...request)) {
    this.#fetch = fetcher;
  }

  device(): Promise<DeviceReport> {
    return this.#ask('GET', '/api/device', deviceReport);
  }

  look(secret: string): Promise<LookAnswer> {
    return this.#ask('POST', '/api/links/look', lookAnswer, { secret });
  }

  use(secret: string, change: SignedChange): Promise<UseAnswer> {
    return this.#ask('POST', '/api/links/use', useAnswer, { secret, change });
  }

  start(username: string, use: SealUse): Promise<{ salt: string; cost: number }> {
    return this.#ask('POST', '/api/sign-in/start', startAnswer, { username, for: use });
  }

  signIn(username: string, use: SealUse, prove: string, device: string): Promise<SignInAnswer> {
    return this.#ask('POST', '/api/sign-in', signInAnswer, { username, for: use, prove, device });
  }

  changes(changes: readonly SignedChange[]): Promise<v.InferOutput<typeof changesAnswer>> {
    return this.#ask('POST', '/api/changes', changesAnswer, { changes });
  }

  async nextUsername(base: string): Promise<string> {
    return (await this.#ask('POST', '/api/usernames/next', nextAnswer, { base })).username;
  }

  async #ask<Answer>(
    method: 'GET' | 'POST',
    path: string,
    schema: v.GenericSchema<unknown, Answer>,
    body?: unknown
  ): Promise<Answer> {
    let response: Response;
    let json: unknown;
    try {
      response = await this.#fetch(path, {
        method,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.timeout(patience),
        ...(body === undefined
          ? {}
          : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
      });
      json = await response.json();
    } catch (cause) {
      throw new RelayError('offline', { cause });
    }
    if (!response.ok) {
      const error = v.safeParse(errorBody, json);
      if (!error.success) throw new RelayError('unreadable', { cause: response.status });
      const { code, seconds } = error.output;
      throw new RelayError(code, seconds === undefined ? {} : { seconds });
    }
    const answer = v.safeParse(schema, json);
    if (!answer.success) throw new RelayError('unreadable', { cause: answer.issues[0]?.message });
    return answer.output;
  }
}
