import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/ids.ts';
import type { HeldCredential } from '#lib/protocol/credential.ts';
import type { TabletReport } from '#lib/protocol/tablets.ts';
import { isLockable, peopleHere } from '#lib/session/device/people-here.ts';
import { thisDevice } from '#lib/session/device/this-device.ts';
import { held, reconciled } from '#lib/store/credentials.ts';
import type { CredentialRow, DeviceRow } from '#lib/store/database.ts';
import { angel, changeId, giulia, keyOf, marta, rios, uuid, type Person } from '../support/cast.ts';

/** A sealed key as the relay gives it. */
function told(
  who: Person,
  number = 1,
  by: HeldCredential['by'] = 'password',
  scope: HeldCredential['scope'] = by === 'pictures' ? 'classroom' : 'full'
): HeldCredential {
  const { id: account, username, given: display } = who;
  const key = keyOf(who, number);
  return {
    account,
    username,
    display,
    home: rios,
    key,
    publicKey: '',
    scope,
    by,
    salt: '',
    cost: 10,
    iv: '',
    sealed: ''
  };
}

const row = (...args: Parameters<typeof told>): CredentialRow => held(told(...args), []);
const accounts = (...people: readonly Person[]): Set<AccountId> => new Set(people.map(({ id }) => id));
const ids = (rows: readonly { readonly key: string }[]): readonly string[] => rows.map(({ key }) => key);

describe('sealed keys and the report', () => {
  test('[TB5] a pupil has two: one for the password and one for the pictures', () => {
    const { put, gone } = reconciled(
      [],
      accounts(angel),
      { credentials: [told(angel), told(angel, 2, 'pictures')] },
      new Set()
    );
    expect(ids(put)).toEqual([keyOf(angel), keyOf(angel, 2)]);
    expect(gone).toEqual([]);
  });

  test('[SE4] what the report does not name any more goes, and so does whoever is not let in', () => {
    const rows = [row(angel), row(angel, 2, 'pictures'), row(giulia)];
    const { put, gone } = reconciled(rows, accounts(angel), { credentials: [told(angel, 3)] }, new Set());
    expect(ids(put)).toEqual([keyOf(angel, 3)]);
    expect(gone).toEqual([keyOf(angel), keyOf(angel, 2), keyOf(giulia)]);
  });

  test('[SE4] a report without keys leaves them, but for those of accounts that are out', () => {
    const { put, gone } = reconciled([row(angel), row(giulia)], accounts(angel), {}, new Set());
    expect(put).toEqual([]);
    expect(gone).toEqual([keyOf(giulia)]);
  });

  test('[SI10] what has changed since is put beside what stays', () => {
    const rows = [row(angel), row(giulia)];
    const changed = { credentials: [told(angel, 3)], gone: [keyOf(angel)] };
    const { put, gone } = reconciled(rows, accounts(angel, giulia), changed, new Set());
    expect(ids(put)).toEqual([keyOf(angel, 3)]);
    expect(gone).toEqual([keyOf(angel)]);
    const out = reconciled(rows, accounts(angel), { credentials: [], gone: [] }, new Set());
    expect(out.gone).toEqual([keyOf(giulia)]);
  });

  test('[SE4] a key made here of which the report cannot know stays, and keeps the old one out', () => {
    const own = { ...row(angel, 2), broughtBy: changeId('new password') };
    const report = [told(angel), told(angel, 5, 'pictures')];
    const early = reconciled([own], accounts(), { credentials: report }, new Set());
    expect(ids(early.put)).toEqual([keyOf(angel, 5)]);
    expect(early.gone).toEqual([]);
    const later = reconciled([own], accounts(angel), { credentials: [told(angel, 2)] }, new Set([own.key]));
    expect(later.put).toMatchObject([{ key: own.key }]);
    expect(later.put[0]).not.toHaveProperty('broughtBy');
  });
});

const enrolled = { is: 'enrolled', accounts: [], rooms: [] } as const;
const classroom = { ...enrolled, kind: 'classroom', owner: marta.id } as const;
const personal = { ...enrolled, kind: 'personal', owner: marta.id } as const;

describe('who is here', () => {
  test('[SE9] an adult is whoever has a classroom password, or was at work here in their own custody', () => {
    const keys = [row(marta, 1, 'password', 'classroom'), row(angel), row(angel, 2, 'pictures'), row(giulia)];
    const here = peopleHere(keys, { adults: [giulia.id] });
    expect(here.map(({ account, adult, pictures }) => [account, adult, pictures])).toEqual([
      [marta.id, true, false],
      [angel.id, false, true],
      [giulia.id, true, false]
    ]);
  });

  test('[SE9] wrong passwords lock pupils, and nobody on a device of their own', () => {
    expect(isLockable(angel.id, [row(angel)], { enrolment: classroom })).toBe(true);
    expect(isLockable(marta.id, [row(marta, 1, 'password', 'classroom')], { enrolment: classroom })).toBe(
      false
    );
    expect(isLockable(marta.id, [row(marta)], { enrolment: personal })).toBe(false);
    expect(isLockable(angel.id, [row(angel)], { enrolment: personal })).toBe(true);
    const own: DeviceRow['enrolment'] = { ...personal, owner: angel.id };
    expect(isLockable(angel.id, [row(angel)], { enrolment: own })).toBe(false);
  });

  test('[TB5] a classroom tablet is judged as one that serves its TwinSpace, with everybody whose key it held', () => {
    const tablet: TabletReport = {
      space: rios,
      spaceName: '',
      name: 'T1',
      check: '',
      teachers: [],
      stage: 'active',
      groups: 'all'
    };
    const id = marta.device.id;
    const enrolment: DeviceRow['enrolment'] = { ...classroom, accounts: [angel.id], tablet };
    const device = thisDevice({ id, enrolment }, [row(giulia), row(angel)]);
    expect(device).toMatchObject({ kind: 'classroom', space: rios, accounts: [angel.id, giulia.id] });
    expect(thisDevice({ id, enrolment: { is: 'revoked' } }, []).revoked).toBe(true);
    expect(thisDevice({ id: uuid('x') as typeof id, enrolment: personal }, [])).not.toHaveProperty('space');
  });
});
