import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId, DeviceId, OfferId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import type { AcceptedWrite } from '#relay/storage/change-store.ts';
import type { NewDevice } from '#relay/storage/records.ts';
import type { NewOffer, StoredOffer, TabletAsk } from '#relay/storage/tablet-store.ts';
import type { StorageUnderTest } from './storage-contract.ts';

const today = '2026-11-24' as CalendarDate;
const uuid = <Id extends string>(): Id => crypto.randomUUID() as string as Id;

function change(over: Partial<AcceptedWrite>): AcceptedWrite {
  const id = uuid<ChangeId>();
  return {
    change: {
      id,
      space: uuid<SpaceId>(),
      actor: uuid<AccountId>(),
      name: 'tablet.offer',
      device: uuid<DeviceId>(),
      received: today,
      header: '{}',
      payload: 'e30',
      signature: 'c2ln'
    },
    settled: { fingerprint: id, verdict: { id, is: 'accepted', version: 1, notes: [] } },
    directory: [],
    invitations: [],
    letIn: [],
    ...over
  };
}

function newOffer(over: Partial<NewOffer> = {}): StoredOffer {
  const offer = uuid<OfferId>();
  return {
    offer,
    secretHash: `secret ${offer}` as SecretHash,
    codeHash: `code ${offer}` as SecretHash,
    space: uuid<SpaceId>(),
    by: uuid<AccountId>(),
    count: 2,
    expires: 1_000,
    used: 0,
    ...over
  };
}

function asking(offer: StoredOffer, over: Partial<TabletAsk> = {}): TabletAsk {
  const id = uuid<DeviceId>();
  return {
    id,
    offer,
    name: 'Carro 1',
    cookieHash: `hash ${id}`,
    created: today,
    updates: [],
    directory: [],
    ...over
  };
}

function personal(): NewDevice {
  const owner = uuid<AccountId>();
  return { id: uuid<DeviceId>(), kind: 'personal', owner, cookieHash: `hash ${owner}`, created: today };
}

/** ST1: what every storage keeps to of offers and classroom tablets. */
export function tabletContract(name: string, open: () => Promise<StorageUnderTest>): void {
  describe(`${name}: classroom tablets`, () => {
    test('[ST1] an offer is there with the change that made it, found by either hash, and after opening again', async () => {
      const { storage, reopen } = await open();
      const made = newOffer();
      const { used: _used, ...offer } = made;
      expect(await storage.tablets.isTaken(offer)).toBe(false);
      await storage.changes.accept(change({ offer }));
      for (const taken of [
        { offer: made.offer },
        { secretHash: made.secretHash },
        { codeHash: made.codeHash }
      ])
        expect(await storage.tablets.isTaken({ ...newOffer(), ...taken })).toBe(true);
      const again = await reopen();
      expect(await again.tablets.offer({ secretHash: made.secretHash })).toEqual(made);
      expect(await again.tablets.offer({ codeHash: made.codeHash })).toEqual(made);
      expect(await again.tablets.offer({ codeHash: made.secretHash })).toBeUndefined();
    });

    test('[ST1, TB15] offers of one person there that still let tablets ask are counted', async () => {
      const { storage } = await open();
      const [space, by] = [uuid<SpaceId>(), uuid<AccountId>()];
      const ours = [newOffer({ space, by, count: 1 }), newOffer({ space, by, expires: 2_000 })] as const;
      const others = [newOffer({ space }), newOffer({ by })];
      for (const { used: _used, ...offer } of [...ours, ...others])
        await storage.changes.accept(change({ offer }));
      const openAt = (instant: number) => storage.tablets.openOffers(space, by, instant);
      expect([await openAt(999), await openAt(1_000), await openAt(2_000)]).toEqual([2, 1, 0]);
      await storage.tablets.ask(asking(ours[0]));
      expect(await openAt(999)).toBe(1);
    });

    test('[ST1, AD4, GA17] what was taken over is known, and taken over once', async () => {
      const { storage, reopen } = await open();
      const [id, actor] = [uuid<ChangeId>(), uuid<AccountId>()];
      const takesOver = { change: id, actor };
      const first = change({ takesOver });
      const { space } = first.change;
      const same = change({ takesOver });
      await storage.changes.accept(first);
      await expect(storage.changes.accept({ ...same, change: { ...same.change, space } })).rejects.toThrow();
      // GA17: the same id elsewhere, or of somebody else, is another change.
      await storage.changes.accept(change({ takesOver }));
      const theirs = change({ takesOver: { change: id, actor: uuid<AccountId>() } });
      await storage.changes.accept({ ...theirs, change: { ...theirs.change, space } });
      const again = await reopen();
      expect(await again.changes.isTakenOver({ id, space, actor })).toBe(true);
      expect(await again.changes.isTakenOver({ id: uuid<ChangeId>(), space, actor })).toBe(false);
      expect(await again.changes.isTakenOver({ id, space: uuid<SpaceId>(), actor })).toBe(false);
      expect(await again.changes.isTakenOver({ id, space, actor: uuid<AccountId>() })).toBe(false);
    });

    test('[ST1, TB3] a tablet asks once for each, nobody is let in by it, and one too many is not enrolled', async () => {
      const { storage, reopen } = await open();
      const offer = newOffer();
      await storage.changes.accept(change({ offer }));
      const [one, two, three] = [asking(offer), asking(offer), asking(offer)];
      await storage.tablets.ask(one);
      await storage.tablets.ask(two);
      await expect(storage.tablets.ask(three)).rejects.toThrow();
      const again = await reopen();
      expect(await again.devices.byCookie(one.cookieHash)).toEqual({
        id: one.id,
        kind: 'classroom',
        owner: offer.by,
        space: offer.space,
        stage: 'waiting',
        name: 'Carro 1',
        offer: offer.offer,
        accounts: [],
        signedIn: [],
        waiting: 0,
        created: today,
        lastContact: today,
        confirmed: false,
        revoked: false
      });
      expect(await again.devices.byCookie(three.cookieHash)).toBeUndefined();
      expect(await again.tablets.offer(offer)).toMatchObject({ used: 2 });
      const all = (await again.tablets.of([offer.space, uuid()])).map(({ id }) => id);
      expect(all).toEqual([one.id, two.id].sort());
      expect(await again.tablets.of([])).toEqual([]);
    });

    test('[ST2, TB11] what the browser was before is revoked with it, or nothing is done at all', async () => {
      const { storage } = await open();
      const offer = newOffer();
      await storage.changes.accept(change({ offer }));
      const before = personal();
      await storage.devices.enrol(before);
      const update = {
        space: offer.space,
        document: 'staff',
        generation: 1,
        update: Uint8Array.of(1)
      } as const;
      const facts = { doc: 'directory', map: 'devices', key: before.id, value: { revoked: today } } as const;
      const all = { revoke: before.id, updates: [update], directory: [facts] };
      // The id is taken.
      await expect(storage.tablets.ask(asking(offer, { ...all, id: before.id }))).rejects.toThrow();
      expect(await storage.devices.some([before.id])).toMatchObject([{ revoked: false }]);
      expect(await storage.tablets.offer(offer)).toMatchObject({ used: 0 });
      expect(await storage.directory.all()).toEqual([]);
      await storage.tablets.ask(asking(offer, all));
      expect(await storage.devices.some([before.id])).toMatchObject([{ revoked: true }]);
      expect(await storage.directory.all()).toEqual([facts]);
      expect(await storage.documents.load(offer.space, 'staff')).toMatchObject({ generation: 1 });
    });

    test('[ST2, TB4, TB7] a yes and a revocation are there with the change, or not at all', async () => {
      const { storage } = await open();
      const offer = newOffer();
      await storage.changes.accept(change({ offer }));
      const [one, two] = [asking(offer), asking(offer)];
      for (const tablet of [one, two]) await storage.tablets.ask(tablet);
      const said = { admitted: [one.id], revoked: [two.id] };
      // An offer that stands already fails the whole.
      await expect(storage.changes.accept(change({ ...said, offer }))).rejects.toThrow();
      expect(await storage.devices.some([one.id, two.id])).toMatchObject([
        { stage: 'waiting', revoked: false },
        { stage: 'waiting', revoked: false }
      ]);
      const mine = personal();
      await storage.devices.enrol(mine);
      await storage.changes.accept(change({ ...said, admitted: [one.id, mine.id] }));
      const [admitted] = await storage.devices.some([one.id]);
      const [revoked] = await storage.devices.some([two.id]);
      expect([admitted?.stage, admitted?.revoked, revoked?.revoked]).toEqual(['active', false, true]);
      // A personal device has no stage.
      expect((await storage.devices.some([mine.id]))[0]).not.toHaveProperty('stage');
    });

    test('[ST1, TB10] whose keys are held is told apart from who was let in, and being let in stays', async () => {
      const { storage, reopen } = await open();
      const device = personal();
      await storage.devices.enrol(device);
      const many = Array.from({ length: 1200 }, () => uuid<AccountId>());
      const [first, second] = many as [AccountId, AccountId];
      const told = async () => (await storage.devices.some([device.id]))[0];
      expect((await told())?.accounts).toEqual([device.owner]);
      await storage.tablets.hold(device.id, [...many, device.owner]);
      await storage.devices.letIn(device.id, first);
      await storage.tablets.hold(device.id, [first]);
      const held = { device: device.id, account: second, held: true };
      await storage.changes.accept(change({ letIn: [held] }));
      const now = await told();
      expect(now?.accounts).toEqual([...many, device.owner].sort());
      expect(now?.signedIn).toEqual([first, device.owner].sort());
      const again = await reopen();
      expect((await again.devices.some([device.id]))[0]).toEqual(now);
      const of = async (account: AccountId) => (await again.devices.of(account, 10)).length;
      expect([await of(first), await of(second), await of(device.owner)]).toEqual([1, 0, 1]);
      expect(await again.devices.serving([second])).toMatchObject([{ id: device.id }]);
      // TB6: who signed in there is let in no longer, and was there all the same.
      await again.changes.accept(change({ rescoped: [device.id] }));
      expect((await again.devices.some([device.id]))[0]).toMatchObject({
        accounts: now?.accounts,
        signedIn: []
      });
    });

    test('[ST1, TB4] who waits in vain is forgotten, and offers that are over', async () => {
      const { storage } = await open();
      const [over, alive] = [newOffer({ expires: 1_000 }), newOffer({ expires: 1_001 })];
      for (const offer of [over, alive]) await storage.changes.accept(change({ offer }));
      const [old, young, active] = [
        asking(over, { created: '2026-11-22' as CalendarDate }),
        asking(over),
        asking(alive, { created: '2026-11-22' as CalendarDate })
      ];
      for (const tablet of [old, young, active]) await storage.tablets.ask(tablet);
      await storage.changes.accept(change({ admitted: [active.id] }));
      await storage.devices.enrol({ ...personal(), created: '2026-11-01' as CalendarDate });
      await storage.tablets.prune('2026-11-23' as CalendarDate, 1_000);
      const left = await storage.devices.some([old.id, young.id, active.id]);
      expect(left.map(({ id }) => id).sort()).toEqual([young.id, active.id].sort());
      expect(await storage.tablets.offer(over)).toBeUndefined();
      expect(await storage.tablets.offer(alive)).toMatchObject({ offer: alive.offer });
    });

    test('[ST6] of an erased account no offer and no place on a tablet is left', async () => {
      const { storage } = await open();
      const offer = newOffer();
      await storage.changes.accept(change({ offer }));
      const tablet = asking(offer);
      await storage.tablets.ask(tablet);
      const account = offer.by;
      await storage.tablets.hold(tablet.id, [account]);
      const nothing = { documents: [], directory: [], changes: [], devices: [], shown: [] };
      await storage.erasures.erase({ account, ...nothing });
      expect(await storage.tablets.offer(offer)).toBeUndefined();
      expect(await storage.devices.some([tablet.id])).toMatchObject([{ accounts: [], signedIn: [] }]);
    });
  });
}
