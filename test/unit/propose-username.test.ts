import { describe, expect, test } from 'vitest';
import { proposeUsername } from '#lib/session/keys/propose-username.ts';
import type { RelayClient } from '#lib/sync/relay-client.ts';
import { usernamePlan } from '#lib/session/space/username-plan.ts';
import { RelayError } from '#lib/sync/relay-error.ts';
import { angel, luca, marta, newAccount, person } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';

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

describe('who is here already', () => {
  test('[CL12] members by their names, accents, spaces and hyphens aside, and by the names they had; not the removed', async () => {
    const world = riosDeEuropa();
    const second = person('Angel', 'Cano-Robles', 'angel.cano-robles.1', '', 'Ángel Cano Robles');
    world.do(marta, 'pupil.add', { account: newAccount(second), role: 'pupil' });
    const plan = await usernamePlan(() => ({ state: world.state(), directory: world.directory }));
    const usernames = (given: string, family: string) =>
      plan.namesakes(given, family).map(({ username }) => username);
    expect(usernames('Ángel', 'Cano Robles')).toEqual([angel.username, second.username]);
    expect(usernames('Ángel', 'Cano')).toEqual([]);
    expect(plan.member(second.username)).toEqual({
      account: second.id,
      display: 'Angel Cano-Robles',
      username: second.username
    });

    world.do(marta, 'account.rename', { account: second.id, given: 'Ariel', family: 'Soto' });
    expect(usernames('ariel', 'soto')).toEqual([second.username]);
    expect(usernames('Ángel', 'Cano-Robles')).toEqual([angel.username, second.username]);

    world.do(marta, 'member.remove', { member: second.id });
    expect(usernames('ariel', 'soto')).toEqual([]);
    expect(plan.member(second.username)).toBeUndefined();
    expect([plan.holder(second.username), plan.holder(luca.username)]).toEqual(['removed', 'here']);
  });
});
