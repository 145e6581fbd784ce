import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { relayHeader } from '#lib/protocol/relay-header.ts';
import { Errand } from '#lib/store/errand.ts';
import { GrowingPause } from '#lib/store/growing-pause.ts';
import { isConnectionLost, isStorageFailure } from '#lib/store/storage-failure.ts';
import { fetchWhole, NoAnswer } from '#lib/sync/fetch-whole.ts';
import { Pace } from '#lib/sync/pace.ts';
import { RelayClient } from '#lib/sync/relay-client.ts';
import { RelayError } from '#lib/sync/relay-error.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A network whose answer comes when and as the test says; it breaks off when it is given up. */
class SlowNetwork {
  #body: ReadableStreamDefaultController<Uint8Array> | undefined;
  #begin: (response: Response) => void = () => undefined;

  readonly fetch = (_path: unknown, init: RequestInit = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      this.#begin = resolve;
      init.signal?.addEventListener('abort', () => {
        reject(new DOMException('given up', 'AbortError'));
        this.#body?.error(new DOMException('given up', 'AbortError'));
      });
    });

  begin(): void {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => (this.#body = controller) });
    this.#begin(new Response(body));
  }

  byte(): void {
    this.#body?.enqueue(new Uint8Array(1));
  }

  end(): void {
    this.#body?.close();
  }
}

describe('a slow network', () => {
  test('[NW5] an answer that goes on coming may take as long as it likes', async () => {
    const network = new SlowNetwork();
    const whole = fetchWhole('/a', {}, { fetcher: network.fetch });
    await vi.advanceTimersByTimeAsync(14_000);
    network.begin();
    for (let byte = 0; byte < 100; byte++) {
      await vi.advanceTimersByTimeAsync(14_000);
      network.byte();
    }
    network.end();
    expect((await whole).bytes).toHaveLength(100);
  });

  test('[NW5] silence ends it, before the answer and in the middle of it', async () => {
    const silent = fetchWhole('/a', {}, { fetcher: new SlowNetwork().fetch });
    const ended = expect(silent).rejects.toBeInstanceOf(NoAnswer);
    await vi.advanceTimersByTimeAsync(15_001);
    await ended;
    const network = new SlowNetwork();
    const half = fetchWhole('/a', {}, { fetcher: network.fetch });
    const broken = expect(half).rejects.toBeInstanceOf(NoAnswer);
    network.begin();
    await vi.advanceTimersByTimeAsync(1_000);
    network.byte();
    await vi.advanceTimersByTimeAsync(15_001);
    await broken;
  });

  test('[NW5] what is sent gets the time that 8 kbit/s with losses need for it', async () => {
    const sent = 105 * 1024;
    const network = new SlowNetwork();
    const whole = fetchWhole('/a', {}, { sent, fetcher: network.fetch });
    await vi.advanceTimersByTimeAsync(sent * 1.3);
    network.begin();
    network.end();
    expect((await whole).status).toBe(200);
  });

  test('[NW5] a batch that did not arrive is halved, down to one change, and grows again', () => {
    const pace = new Pace(1_000_000);
    for (let batch = 0; batch < 20; batch++) pace.arrived(100);
    expect(pace.bytes).toBe(1_000_000);
    pace.lost(105_000, 15_000);
    expect(pace.bytes).toBe(52_500);
    for (let batch = 0; batch < 30; batch++) pace.lost(pace.bytes, 15_000);
    expect(pace.bytes).toBe(1);
    pace.arrived(100);
    expect(pace.bytes).toBe(2);
  });

  test('[NW5] an afternoon without a network leaves the first batch as large as it was; what is known to be slow stays so', () => {
    const pace = new Pace(1_000_000);
    const { bytes } = pace;
    for (let batch = 0; batch < 500; batch++) pace.lost(1_500, 3);
    expect(pace.bytes).toBe(bytes);
    for (let batch = 0; batch < 20; batch++) pace.arrived(100);
    for (let batch = 0; batch < 500; batch++) pace.lost(pace.bytes, 3);
    expect(pace.bytes).toBe(bytes);
    pace.lost(bytes, 15_000);
    pace.lost(bytes, 3);
    expect(pace.bytes).toBe(bytes / 2);
  });

  test('[NW5] a slow batch is followed by a smaller one, one that took its time by one as large', () => {
    const pace = new Pace(1_000_000);
    const { bytes } = pace;
    pace.arrived(8_000);
    expect(pace.bytes).toBe(bytes);
    pace.arrived(20_000);
    expect(pace.bytes).toBe(bytes / 2);
  });

  test('[NW5] at a thousand bytes a second everything arrives, whatever is lost on the way, and no batch takes long', () => {
    // The seed of a small generator (Lehmer, MINSTD): every thirtieth batch is lost.
    let seed = 7;
    const chance = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const pace = new Pace(1_500_000);
    let left = 70 * 1_500;
    let batches = 0;
    while (left > 0 && batches < 200) {
      batches++;
      const size = Math.max(1_500, Math.min(left, pace.bytes));
      if (chance() < 0.2) pace.lost(size, 15_000);
      else {
        pace.arrived(size);
        left -= size;
      }
      expect(size).toBeLessThan(20_000);
    }
    expect(left).toBeLessThanOrEqual(0);
  });
});

describe('who answers', () => {
  const answers = (body: string, headers: Record<string, string>, status = 200): typeof fetch => {
    return () => Promise.resolve(new Response(body, { status, headers }));
  };
  const codeOf = async (fetcher: typeof fetch): Promise<unknown> => {
    const error: unknown = await new RelayClient(fetcher).reach().catch((reason: unknown) => reason);
    return error instanceof RelayError ? error.code : error;
  };
  const relay = { [relayHeader]: 'A'.repeat(22), 'Content-Type': 'application/json' };

  test('[NW8] only an answer with a relay’s id is one, whatever its form and its status', async () => {
    expect(await codeOf(answers('{"ready":true}', relay))).toBeUndefined();
    expect(await codeOf(answers('{"ready":true}', {}))).toBe('foreign');
    expect(await codeOf(answers('{"ready":true}', { [relayHeader]: '' }))).toBe('foreign');
    expect(await codeOf(answers('<h1>Sign in</h1>', { 'Content-Type': 'text/html' }))).toBe('foreign');
    expect(await codeOf(answers('{"code":"device-revoked"}', {}, 403))).toBe('foreign');
    expect(await codeOf(answers('Bad gateway', {}, 502))).toBe('foreign');
    expect(await codeOf(answers('{"code":"relay-stopping"}', relay, 503))).toBe('relay-stopping');
    expect(await codeOf(answers('{', relay))).toBe('unreadable');
  });

  test('[NW8] what fetch says is the network’s, what we do wrong is ours', async () => {
    expect(await codeOf(() => Promise.reject(new TypeError('Failed to fetch')))).toBe('offline');
    // A number that JSON has no form for.
    const ours = await new RelayClient(answers('{}', relay))
      .raiseHand(1n as unknown as string)
      .catch((reason: unknown) => reason);
    expect(ours).toBeInstanceOf(TypeError);
  });

  test('[NW8] a browser without AbortSignal.timeout asks all the same', async () => {
    const { timeout } = AbortSignal;
    Object.assign(AbortSignal, { timeout: undefined });
    try {
      expect(await codeOf(answers('{"ready":true}', relay))).toBeUndefined();
    } finally {
      Object.assign(AbortSignal, { timeout });
    }
  });
});

describe('what must go on', () => {
  test('[NW9] is tried again at growing intervals, and begins anew after a success', () => {
    const pause = new GrowingPause({ first: 1, longest: 5 });
    expect([1, 2, 3, 4].map(() => pause.next())).toEqual([1, 2, 4, 5]);
    pause.reset();
    expect(pause.next()).toBe(1);
  });

  test('[NW9] an errand whose storage failed is done again, once at a time, until it is closed', async () => {
    let done = 0;
    let fails = 3;
    const errand = new Errand(async () => {
      await Promise.resolve();
      if (fails-- > 0) throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
      done++;
    });
    await errand.start();
    expect(done).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000 + 2_000 + 4_000);
    expect(done).toBe(1);
    await Promise.all([errand.start(), errand.start()]);
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toBe(3);
    fails = 1;
    await errand.start();
    await errand.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(done).toBe(3);
  });

  test('[NW9] a lost connection is known by the browser’s own words, also where they are wrapped', () => {
    const lost = new DOMException('Connection to Indexed Database server lost', 'UnknownError');
    expect(isConnectionLost(lost)).toBe(true);
    expect(isConnectionLost(Object.assign(new Error('wrapped'), { inner: lost }))).toBe(true);
    expect(isStorageFailure(new DOMException('full', 'QuotaExceededError'))).toBe(true);
    expect(isConnectionLost(new DOMException('full', 'QuotaExceededError'))).toBe(false);
    expect(isStorageFailure(new TypeError('ours'))).toBe(false);
    expect(isConnectionLost(undefined)).toBe(false);
  });
});
