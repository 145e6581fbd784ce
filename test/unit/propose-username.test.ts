import { describe, expect, test } from 'vitest';
import { proposeUsername } from '#lib/session/propose-username.ts';
import type { RelayClient } from '#lib/sync/relay-client.ts';
import { RelayError } from '#lib/sync/relay-error.ts';

/** A relay that answers so when it is asked for the next free number. */
function relay(nextUsername: (base: string) => Promise<string>): RelayClient {
  return { nextUsername } as RelayClient;
}

const offline = relay(() => Promise.reject(new RelayError('offline')));
const nobody = (): boolean => false;
const taken =
  (...usernames: string[]) =>
  (key: string): boolean =>
    usernames.includes(key);

describe('verifying a name', () => {
  test('[UN4] proposes the number that the relay says is free, and is certain then (G3)', async () => {
    const third = relay((base) => Promise.resolve(`${base}.3`));
    expect(await proposeUsername('Ángel', 'CanoRobles', nobody, third)).toEqual({
      ok: true,
      value: { username: 'angel.canorobles.3', certain: true }
    });
  });

  test('[UN4] passes over what only this tablet knows to be taken', async () => {
    const first = relay((base) => Promise.resolve(`${base}.1`));
    const here = taken('ana.perez.1', 'ana.perez.2');
    expect(await proposeUsername('Ana', 'Pérez', here, first)).toMatchObject({
      value: { username: 'ana.perez.3', certain: true }
    });
  });

  test('[UN4] without a network proposes the first that is free here, and is not certain (G3)', async () => {
    expect(await proposeUsername('Ana', 'Pérez', taken('ana.perez.1'), offline)).toEqual({
      ok: true,
      value: { username: 'ana.perez.2', certain: false }
    });
  });

  test('[UN2] names of other scripts are written in Latin letters (G3)', async () => {
    expect(await proposeUsername('Ελένη', 'Παπαδοπούλου', nobody, offline)).toMatchObject({
      value: { username: 'eleni.papadopoulou.1' }
    });
  });

  test('[NA6] a name of which nothing can be written is refused', async () => {
    const asked: string[] = [];
    const never = relay((base) => {
      asked.push(base);
      return Promise.reject(new RelayError('offline'));
    });
    expect(await proposeUsername('Ana', '’', nobody, never)).toEqual({
      ok: false,
      problem: { is: 'refusal', refusal: { refused: 'name-unwritable' } }
    });
    expect(asked).toEqual([]);
  });

  test('[UN4] what is no failure of the network is not swallowed', async () => {
    const wrong = relay(() => Promise.reject(new Error('our own mistake')));
    await expect(proposeUsername('Ana', 'Pérez', nobody, wrong)).rejects.toThrow('our own mistake');
  });
});
