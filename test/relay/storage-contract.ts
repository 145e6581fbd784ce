import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type {
  AccountId,
  ChangeId,
  DeviceId,
  InvitationId,
  KeyId,
  SecretHash,
  SpaceId
} from '#lib/domain/ids.ts';
import type { DirectoryPut } from '#lib/domain/puts.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type { AcceptedWrite, Settled } from '#relay/storage/change-store.ts';
import type { DocumentUpdate, NewDevice, StoredDevice } from '#relay/storage/records.ts';
import type { Storage } from '#relay/storage/storage.ts';
import { activityContract } from './activity-contract.ts';
import { tabletContract } from './tablet-contract.ts';

/** A storage under test. */
export interface StorageUnderTest {
  readonly storage: Storage;
  /** Closes it and opens it again on the same data. */
  reopen(): Promise<Storage>;
}

const today = '2026-11-24' as CalendarDate;
const uuid = <Id extends string>(): Id => crypto.randomUUID() as string as Id;

function settled(id: ChangeId, is: 'accepted' | 'refused' = 'accepted'): AcceptedWrite['settled'] {
  const verdict: Verdict =
    is === 'accepted' ? { id, is, version: 1, notes: [] } : { id, is, code: 'not-permitted' };
  return { fingerprint: `print of ${id}`, verdict };
}

function write(over: Partial<AcceptedWrite> = {}): AcceptedWrite {
  const id = uuid<ChangeId>();
  return {
    change: {
      id,
      space: uuid<SpaceId>(),
      actor: uuid<AccountId>(),
      name: 'member.remove',
      device: uuid<DeviceId>(),
      carrier: uuid<DeviceId>(),
      header: '{"ñ":1}',
      payload: 'cGF5bG9hZA',
      signature: 'c2ln',
      received: today
    },
    settled: settled(id),
    directory: [],
    invitations: [],
    letIn: [],
    ...over
  };
}

function newDevice(): NewDevice {
  const owner = uuid<AccountId>();
  return { id: uuid<DeviceId>(), kind: 'personal', owner, cookieHash: `hash ${owner}`, created: today };
}

const founding = (key: string): DirectoryPut => ({
  doc: 'directory',
  map: 'foundings',
  key,
  value: { expires: today }
});

/**
 * ST1: what every storage keeps to. Run it against each implementation.
 *
 * @param open a fresh, empty storage that is closed when the test has ended
 */
export function storageContract(name: string, open: () => Promise<StorageUnderTest>): void {
  describe(`${name}: changes`, () => {
    test('[ST1] an accepted change is there with its verdict, and after opening again too', async () => {
      const { storage, reopen } = await open();
      const one = write({ settled: { ...settled(uuid()), secretHash: 'secret' as SecretHash } });
      expect(await storage.changes.settled(one.change)).toBeUndefined();
      await storage.changes.accept(one);
      expect(await storage.changes.settled(one.change)).toEqual(one.settled);
      const again = await reopen();
      expect(await again.changes.settled(one.change)).toEqual(one.settled);
    });

    test('[ST1] the log tells accepted changes in the order in which they were stored', async () => {
      const { storage } = await open();
      const { carrier: _carrier, ...withoutCarrier } = write().change;
      const writes = [write(), write({ change: withoutCarrier }), write()];
      for (const one of writes) await storage.changes.accept(one);
      const all = await storage.changes.after(0, 10);
      expect(all.map(({ seq: _seq, ...change }) => change)).toEqual(writes.map((one) => one.change));
      const [first, second] = all;
      expect(second?.seq).toBeGreaterThan(first?.seq ?? 0);
      expect(await storage.changes.after(first?.seq ?? 0, 1)).toEqual([second]);
    });

    test('[ST2] an id has one verdict, whichever came first', async () => {
      const { storage } = await open();
      const yes = write();
      await storage.changes.accept(yes);
      await expect(storage.changes.accept(yes)).rejects.toThrow();
      await expect(
        storage.changes.refuse(yes.change, settled(yes.change.id, 'refused'), today)
      ).rejects.toThrow();
      expect(await storage.changes.settled(yes.change)).toEqual(yes.settled);

      const no = write();
      await storage.changes.refuse(no.change, settled(no.change.id, 'refused'), today);
      await expect(storage.changes.accept(no)).rejects.toThrow();
      await expect(
        storage.changes.refuse(no.change, settled(no.change.id, 'refused'), today)
      ).rejects.toThrow();
      expect(await storage.changes.settled(no.change)).toEqual(settled(no.change.id, 'refused'));
    });

    test('[ST2] what belongs to one change is written whole or not at all', async () => {
      const { storage } = await open();
      const device = newDevice();
      await storage.devices.enrol(device);
      const space = uuid<SpaceId>();
      const key = 'key' as KeyId;
      const failing = write({
        directory: [founding('hash')],
        credential: { account: uuid(), key, scope: 'full', text: '{}' },
        invitations: [{ secretHash: 'invited' as SecretHash, space, invitation: uuid<InvitationId>() }],
        letIn: [{ device: device.id, account: uuid() }],
        // The last of it cannot be written: the id is taken.
        enrol: device
      });
      await expect(storage.changes.accept(failing)).rejects.toThrow();
      expect(await storage.changes.settled(failing.change)).toBeUndefined();
      expect(await storage.changes.after(0, 10)).toEqual([]);
      expect(await storage.directory.all()).toEqual([]);
      expect(await storage.directory.credential(key)).toBeUndefined();
      expect(await storage.directory.invitation('invited' as SecretHash)).toBeUndefined();
      expect((await storage.devices.some([device.id]))[0]?.accounts).toEqual([device.owner]);
    });

    test('[ST2] everything of a change is there at once', async () => {
      const { storage } = await open();
      const space = uuid<SpaceId>();
      const link = { secretHash: 'invited' as SecretHash, space, invitation: uuid<InvitationId>() };
      const device = newDevice();
      const guest = uuid<AccountId>();
      await storage.changes.accept(
        write({
          directory: [founding('hash')],
          credential: { account: guest, key: 'key' as KeyId, scope: 'full', text: '{"ñ":1}' },
          invitations: [link],
          enrol: device,
          letIn: [{ device: device.id, account: guest }]
        })
      );
      expect(await storage.directory.all()).toEqual([founding('hash')]);
      expect(await storage.directory.credential('key' as KeyId)).toBe('{"ñ":1}');
      expect(await storage.directory.invitation(link.secretHash)).toEqual(link);
      const [stored] = await storage.devices.some([device.id]);
      expect([...(stored?.accounts ?? [])].sort()).toEqual([device.owner, guest].sort());
    });

    test('[ST2, GA17] the same id of another account, or in another TwinSpace, is another change', async () => {
      const { storage, reopen } = await open();
      const { change, settled: yes } = write();
      await storage.changes.accept({ ...write(), change, settled: yes });
      const others = [
        { ...change, actor: uuid<AccountId>() },
        { ...change, space: uuid<SpaceId>() }
      ];
      for (const other of others) expect(await storage.changes.settled(other)).toBeUndefined();
      const [first, second] = others as [typeof change, typeof change];
      await storage.changes.refuse(first, settled(change.id, 'refused'), today);
      await storage.changes.accept({ ...write(), change: second, settled: yes });
      const again = await reopen();
      expect(await again.changes.settled(change)).toEqual(yes);
      expect((await again.changes.settled(first))?.verdict.is).toBe('refused');
      const said = await again.changes.verdicts(change.space, change.id);
      expect(said.map(({ is }) => is)).toEqual(['accepted', 'refused']);
    });

    test('[ST7] what an account has had kept on a day is counted in bytes', async () => {
      const { storage } = await open();
      const actor = uuid<AccountId>();
      const key = (): { id: ChangeId; space: SpaceId; actor: AccountId } => ({
        id: uuid<ChangeId>(),
        space: uuid<SpaceId>(),
        actor
      });
      const yesterday = '2026-11-23' as CalendarDate;
      for (const received of [today, today, yesterday]) {
        const one = write();
        await storage.changes.accept({ ...one, change: { ...one.change, ...key(), received } });
      }
      await storage.changes.accept(write());
      const refused = key();
      await storage.changes.refuse(refused, settled(refused.id, 'refused'), today);
      const bytes = 2 * Buffer.byteLength('{"ñ":1}cGF5bG9hZAc2ln');
      expect(await storage.changes.keptOn(actor, today)).toEqual({ changes: 2, bytes, refusals: 1 });
      expect(await storage.changes.keptOn(uuid(), today)).toEqual({ changes: 0, bytes: 0, refusals: 0 });
    });

    test('[ST8] a draft that is replaced loses its text and nothing else, and no other draft does', async () => {
      const { storage } = await open();
      const [actor, space] = [uuid<AccountId>(), uuid<SpaceId>()];
      const draft = (text: string, where = space): AcceptedWrite => {
        const one = write();
        const payload = Buffer.from(JSON.stringify({ place: 'profile', text })).toString('base64url');
        return { ...one, change: { ...one.change, actor, space: where, name: 'draft.keep', payload } };
      };
      const kept = [draft('uno'), draft('dos'), draft('tres'), draft('otro', uuid<SpaceId>())];
      for (const one of kept) await storage.changes.accept(one);
      const all = await storage.changes.after(0, 10);
      expect(all.map(({ payload }) => payload !== '')).toEqual([false, false, true, true]);
      expect(all.map(({ header }) => header)).toEqual(kept.map(({ change }) => change.header));
    });

    test('[ST9] refusals and recorded sign-ins of before a day are forgotten, and nothing else', async () => {
      const { storage } = await open();
      const days = ['2026-08-25', '2026-08-26'] as CalendarDate[];
      const refused: { id: ChangeId; space: SpaceId; actor: AccountId }[] = [];
      for (const received of days) {
        for (const name of ['access.record', 'member.remove'] as const) {
          const one = write();
          await storage.changes.accept({ ...one, change: { ...one.change, name, received } });
        }
        const { change } = write();
        await storage.changes.refuse(change, settled(change.id, 'refused'), received);
        refused.push(change);
      }
      await storage.changes.prune(days[1] as CalendarDate);
      const left = await storage.changes.after(0, 10);
      expect(left.map(({ name, received }) => `${name} ${received}`)).toEqual([
        ...['member.remove 2026-08-25', 'access.record 2026-08-26', 'member.remove 2026-08-26']
      ]);
      const known = await Promise.all(refused.map((key) => storage.changes.settled(key)));
      expect(known.map((one) => one !== undefined)).toEqual([false, true]);
    });

    test('[ST3] of a refused change only the verdict is kept', async () => {
      const { storage } = await open();
      const id = uuid<ChangeId>();
      const key = { id, space: uuid<SpaceId>(), actor: uuid<AccountId>() };
      await storage.changes.refuse(key, settled(id, 'refused'), today);
      expect(await storage.changes.after(0, 10)).toEqual([]);
    });
  });

  describe(`${name}: documents`, () => {
    test('[ST1] updates come back in order, document by document', async () => {
      const { storage, reopen } = await open();
      const space = uuid<SpaceId>();
      for (let byte = 0; byte < 12; byte++) {
        const document = byte % 2 ? 'staff' : 'members';
        const update = { space, document, generation: 1, update: Uint8Array.of(byte) } as const;
        await storage.documents.append([update]);
      }
      const again = await reopen();
      const staff = await again.documents.load(space, 'staff');
      expect(staff?.updates.map(([byte]) => byte)).toEqual([1, 3, 5, 7, 9, 11]);
      expect(await again.documents.load(uuid<SpaceId>(), 'staff')).toBeUndefined();
      expect(await again.documents.any()).toBe(true);
    });

    test('[ST5] putting updates together leaves one, and what comes later behind it', async () => {
      const { storage } = await open();
      const space = uuid<SpaceId>();
      const add = (byte: number): Promise<void> =>
        storage.documents.append([
          { space, document: 'members', generation: 1, update: Uint8Array.of(byte) }
        ]);
      await add(1);
      await add(2);
      await storage.documents.compact(space, 'members', Uint8Array.of(12));
      await add(3);
      const loaded = await storage.documents.load(space, 'members');
      expect([loaded?.generation, loaded?.updates.map(([byte]) => byte)]).toEqual([1, [12, 3]]);
    });

    test('[ST5] a document built anew begins its generation, the other document keeps its own', async () => {
      const { storage } = await open();
      const space = uuid<SpaceId>();
      const updates = (['members', 'staff'] as const).map((document) => ({
        space,
        document,
        generation: 1,
        update: Uint8Array.of(1)
      }));
      await storage.documents.append(updates);
      await storage.documents.rebuild(space, 'members', 2, Uint8Array.of(9));
      expect(await storage.documents.load(space, 'members')).toMatchObject({ generation: 2 });
      expect((await storage.documents.load(space, 'members'))?.updates.map(([byte]) => byte)).toEqual([9]);
      expect(await storage.documents.load(space, 'staff')).toMatchObject({ generation: 1 });
    });

    test('[ST1] an update of a mebibyte comes back byte by byte', async () => {
      const { storage } = await open();
      const space = uuid<SpaceId>();
      const update = new Uint8Array(1024 * 1024).map((_, index) => (index * 7) % 256);
      await storage.documents.append([{ space, document: 'members', generation: 1, update }]);
      const loaded = await storage.documents.load(space, 'members');
      expect(Buffer.compare(Buffer.from(loaded?.updates[0] ?? []), Buffer.from(update))).toBe(0);
    });
  });

  describe(`${name}: directory and meta`, () => {
    test('[ST1] a record is written over, and deleted by null', async () => {
      const { storage, reopen } = await open();
      await storage.directory.put([founding('a'), founding('b')]);
      const used = { expires: today, usedFor: uuid<SpaceId>() };
      await storage.directory.put([
        { doc: 'directory', map: 'foundings', key: 'a', value: used },
        { doc: 'directory', map: 'foundings', key: 'b', value: null }
      ]);
      expect(await (await reopen()).directory.all()).toEqual([
        { doc: 'directory', map: 'foundings', key: 'a', value: used }
      ]);
    });

    test('[ST1] only the newest sealed key of an account and scope is kept', async () => {
      const { storage } = await open();
      const account = uuid<AccountId>();
      const put = (key: string, scope: string): Promise<void> =>
        storage.changes.accept(write({ credential: { account, key: key as KeyId, scope, text: key } }));
      await put('old', 'full');
      await put('room', 'classroom');
      await put('new', 'full');
      const kept = await Promise.all(
        ['old', 'room', 'new'].map((key) => storage.directory.credential(key as KeyId))
      );
      expect(kept).toEqual([undefined, 'room', 'new']);
      const many = Array.from({ length: 1200 }, (_, at) => `none ${at}` as KeyId);
      const asked = ['old', ...many, 'room', 'new'] as KeyId[];
      expect(await storage.directory.credentials(asked)).toEqual(
        new Map([
          ['room', 'room'],
          ['new', 'new']
        ])
      );
      await storage.changes.accept(write({ endedKeys: ['room' as KeyId, 'gone' as KeyId] }));
      expect(await storage.directory.credential('room' as KeyId)).toBeUndefined();
      expect(await storage.directory.credential('new' as KeyId)).toBe('new');
    });

    test('[ST1] a value of the relay itself is kept and written over', async () => {
      const { storage, reopen } = await open();
      expect(await storage.meta.get('setup')).toBeUndefined();
      await storage.meta.set('setup', 'one');
      await storage.meta.set('setup', 'two');
      expect(await (await reopen()).meta.get('setup')).toBe('two');
    });
  });

  describe(`${name}: devices`, () => {
    test('[ST1] a device is found by its cookie and by its id, with whom it let in', async () => {
      const { storage } = await open();
      const device = newDevice();
      const guest = uuid<AccountId>();
      await storage.devices.enrol(device);
      await storage.devices.letIn(device.id, guest);
      await storage.devices.letIn(device.id, guest);
      const found = await storage.devices.byCookie(device.cookieHash);
      const { id, kind, owner, created } = device;
      expect(found).toEqual({
        id,
        kind,
        owner,
        created,
        lastContact: today,
        confirmed: false,
        revoked: false,
        waiting: 0,
        accounts: [owner, guest].sort(),
        signedIn: [owner, guest].sort()
      });
      expect(await storage.devices.some([id, uuid()])).toEqual([found]);
      expect(await storage.devices.some([])).toEqual([]);
      expect(await storage.devices.byCookie('another')).toBeUndefined();
      await expect(storage.devices.enrol(device)).rejects.toThrow();
    });

    test('[ST1] a contact confirms the device, and then it gets no other cookie', async () => {
      const { storage } = await open();
      const device = newDevice();
      await storage.devices.enrol(device);
      await storage.devices.reissue(device.id, 'second');
      expect(await storage.devices.byCookie(device.cookieHash)).toBeUndefined();
      await storage.devices.contact(device.id, '2026-12-01' as CalendarDate);
      await storage.devices.reissue(device.id, 'third');
      expect(await storage.devices.byCookie('second')).toMatchObject({
        lastContact: '2026-12-01',
        confirmed: true
      });
    });

    test('[ST1] the devices of an account are told with the last contact first', async () => {
      const { storage } = await open();
      const account = uuid<AccountId>();
      const [own, other, foreign] = [newDevice(), newDevice(), newDevice()];
      await storage.devices.enrol({ ...own, owner: account });
      for (const device of [other, foreign]) await storage.devices.enrol(device);
      await storage.devices.letIn(other.id, account);
      await storage.devices.contact(other.id, '2026-12-01' as CalendarDate);
      const found = await storage.devices.of(account, 10);
      expect(found.map(({ id }) => id)).toEqual([other.id, own.id]);
      expect(await storage.devices.of(account, 1)).toEqual([found[0]]);
      expect(await storage.devices.of(uuid(), 10)).toEqual([]);
    });

    test('[ST1] a revoked device is still known, as revoked', async () => {
      const { storage, reopen } = await open();
      const device = newDevice();
      await storage.devices.enrol(device);
      await storage.devices.revoke(device.id);
      expect(await (await reopen()).devices.byCookie(device.cookieHash)).toMatchObject({ revoked: true });
    });
  });

  activityContract(name, open);
  tabletContract(name, open);

  describe(`${name}: together`, () => {
    const update = (space: SpaceId, byte: number): DocumentUpdate => ({
      space,
      document: 'members',
      generation: 1,
      update: Uint8Array.of(byte)
    });

    test('[ST10] what is done together sees itself, and who asks beside it sees nothing of it before the end', async () => {
      const { storage, reopen } = await open();
      const device = newDevice();
      await storage.devices.enrol(device);
      // Known already, as on every change but the first.
      await storage.devices.some([device.id]);
      const [guest, space] = [uuid<AccountId>(), uuid<SpaceId>()];
      const [first, second, no] = [write(), write(), write()];
      const askBeside = (): Promise<[Settled | undefined, readonly StoredDevice[]]> =>
        Promise.all([storage.changes.settled(second.change), storage.devices.some([device.id])]);
      let beside = Promise.resolve<Awaited<ReturnType<typeof askBeside>>>([undefined, []]);
      const seen = await storage.together(async ({ changes, documents, devices }) => {
        await changes.accept({ ...first, letIn: [{ device: device.id, account: guest }] });
        await changes.refuse(no.change, settled(no.change.id, 'refused'), today);
        beside = askBeside();
        await changes.accept(second);
        await documents.append([update(space, 1), update(space, 2)]);
        const [now] = await devices.some([device.id]);
        return {
          accounts: now?.accounts,
          verdicts: [
            (await changes.settled(first.change))?.verdict.is,
            (await changes.settled(no.change))?.verdict.is
          ],
          updates: (await documents.load(space, 'members'))?.updates.map(([byte]) => byte)
        };
      });
      expect([...(seen.accounts ?? [])].sort()).toEqual([device.owner, guest].sort());
      expect([seen.verdicts, seen.updates]).toEqual([
        ['accepted', 'refused'],
        [1, 2]
      ]);
      // Whether it had to wait or not: what it was told was whole.
      const [then, [there]] = await beside;
      expect(there?.accounts.includes(guest)).toBe(then !== undefined);
      const same = async (of: Storage): Promise<void> => {
        expect((await of.devices.some([device.id]))[0]?.accounts).toEqual(seen.accounts);
        const ids = (await of.changes.after(0, 10)).map(({ id }) => id);
        expect(ids).toEqual([first.change.id, second.change.id]);
      };
      await same(storage);
      await same(await reopen());
    });

    test('[ST10] when one of it fails nothing of it is there, nor believed to be', async () => {
      const { storage } = await open();
      const device = newDevice();
      await storage.devices.enrol(device);
      await storage.devices.some([device.id]);
      const [guest, space] = [uuid<AccountId>(), uuid<SpaceId>()];
      const [first, taken] = [write(), write()];
      await storage.changes.accept(taken);
      const work = storage.together(async ({ changes, documents, devices }) => {
        await documents.append([update(space, 1)]);
        await changes.accept({ ...first, letIn: [{ device: device.id, account: guest }] });
        await devices.some([device.id]);
        await changes.accept(taken);
      });
      await expect(work).rejects.toThrow();
      expect(await storage.changes.settled(first.change)).toBeUndefined();
      expect(await storage.documents.any()).toBe(false);
      expect((await storage.devices.some([device.id]))[0]?.accounts).toEqual([device.owner]);
      // And it goes on.
      await storage.together(({ changes }) => changes.accept(first));
      expect(await storage.changes.settled(first.change)).toEqual(first.settled);
    });

    test('[ST10] whoever is shut out together is let in no longer for anybody afterwards', async () => {
      const { storage } = await open();
      const device = newDevice();
      await storage.devices.enrol(device);
      const ended = { device: device.id, account: device.owner };
      const within = await storage.together(async ({ changes, devices }) => {
        await changes.accept(write({ shutOut: [ended] }));
        return devices.some([device.id]);
      });
      for (const found of [within, await storage.devices.some([device.id])])
        expect(found[0]).toMatchObject({ accounts: [device.owner], signedIn: [] });
    });
  });

  test(`[ST2] ${name}: many at once end as one after the other`, async () => {
    const { storage } = await open();
    const writes = Array.from({ length: 40 }, () => write());
    const results = await Promise.allSettled([
      ...writes.map((one) => storage.changes.accept(one)),
      ...writes.map((one) => storage.changes.accept(one))
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    const all = await storage.changes.after(0, 100);
    expect(all.map(({ id }) => id)).toEqual(writes.map(({ change }) => change.id));
  });
}
