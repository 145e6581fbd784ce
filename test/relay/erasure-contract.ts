import { describe, expect, test } from 'vitest';
import { toBase64Url, utf8 } from '#lib/crypto/encoding.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId, DeviceId, KeyId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { AcceptedWrite } from '#relay/storage/change-store.ts';
import type { StorageUnderTest } from './storage-contract.ts';

const today = '2026-11-24' as CalendarDate;
const uuid = <Id extends string>(): Id => crypto.randomUUID() as string as Id;

/** A change of somebody with these arguments, accepted with a note. */
function change(actor: AccountId, args: object, over: Partial<AcceptedWrite> = {}): AcceptedWrite {
  const id = uuid<ChangeId>();
  const payload = toBase64Url(utf8(JSON.stringify(args)));
  const note = { code: 'renumbered', account: actor, from: 'a.b.1', to: 'a.b.2' } as const;
  return {
    change: {
      id,
      space: uuid<SpaceId>(),
      actor,
      name: 'member.display',
      device: uuid<DeviceId>(),
      received: today,
      payload,
      header: JSON.stringify({ actor }),
      signature: 'c2ln'
    },
    settled: { fingerprint: id, verdict: { id, is: 'accepted', version: 1, notes: [note] } },
    directory: [],
    invitations: [],
    letIn: [],
    ...over
  };
}

/** ST6: what every storage keeps to when an account is erased. */
export function erasureContract(name: string, open: () => Promise<StorageUnderTest>): void {
  describe(`${name}: erasures`, () => {
    test('[ST6] of the changes that are named the envelope stays, of others all', async () => {
      const { storage, reopen } = await open();
      const [account, other] = [uuid<AccountId>(), uuid<AccountId>()];
      const changes = [
        change(account, { on: today }),
        change(other, { member: account, display: 'Xanthippe' }),
        change(other, { label: 'Xanthippe' }),
        change(other, { on: today })
      ];
      for (const one of changes) await storage.changes.accept(one);
      const named = (await storage.changes.after(0, 3)).map(({ seq }) => seq);
      const erasure = { account, changes: named, documents: [], directory: [], devices: [], shown: [] };
      await storage.erasures.erase(erasure);
      const again = await reopen();
      const left = await again.changes.after(0, 10);
      expect(left.map(({ payload }) => payload)).toEqual(['', '', '', changes[3]?.change.payload]);
      expect(left.map(({ header }) => header)).toEqual(changes.map((one) => one.change.header));
      const verdicts = await Promise.all(left.map((one) => again.changes.settled(one)));
      expect(verdicts.map((settled) => settled?.verdict)).toMatchObject([
        ...[{ notes: [] }, { notes: [] }, { notes: [] }],
        { is: 'accepted', notes: [{ code: 'renumbered' }] }
      ]);
    });

    test('[ST6] sealed keys, records and places on devices go, documents are begun anew, what visitors see has its new title', async () => {
      const { storage } = await open();
      const account = uuid<AccountId>();
      const space = uuid<SpaceId>();
      const key = 'key' as KeyId;
      const device = { id: uuid<DeviceId>(), kind: 'personal', owner: account, cookieHash: 'hash' } as const;
      await storage.devices.enrol({ ...device, created: today });
      const update = { space, document: 'members', generation: 1, update: Uint8Array.of(1) } as const;
      await storage.documents.append([update]);
      await storage.changes.accept(
        change(account, {}, { credential: { account, key, scope: 'full', text: 'sealed' } })
      );
      const at = { space, page: uuid<PageId>() };
      const other = { space, page: uuid<PageId>() };
      for (const one of [at, other])
        await storage.visits.publish(one, { on: today, title: 'Diario · Xanthippe', parts: '[]' });
      await storage.erasures.erase({
        account,
        changes: [],
        devices: [device.id],
        shown: [{ ...at, title: 'Diario' }],
        documents: [{ ...update, generation: 2, update: Uint8Array.of(2) }],
        directory: [{ doc: 'directory', map: 'erased', key: account, value: today }]
      });
      expect(await storage.directory.credential(key)).toBeUndefined();
      expect(await storage.directory.all()).toEqual([
        { doc: 'directory', map: 'erased', key: account, value: today }
      ]);
      expect((await storage.devices.byCookie('hash'))?.accounts).toEqual([]);
      expect(await storage.documents.load(space, 'members')).toMatchObject({ generation: 2 });
      const titles = await storage.visits.titles(space);
      expect([titles.get(at.page), titles.get(other.page)]).toEqual(['Diario', 'Diario · Xanthippe']);
    });

    test('[ST6] a device is asked until it confirms, once', async () => {
      const { storage, reopen } = await open();
      const [one, two] = [uuid<AccountId>(), uuid<AccountId>()];
      const [first, second] = [uuid<DeviceId>(), uuid<DeviceId>()].sort() as [DeviceId, DeviceId];
      for (const account of [one, two]) {
        const erasure = {
          account,
          changes: [],
          documents: [],
          directory: [],
          devices: [first, second],
          shown: []
        };
        await storage.erasures.erase(erasure);
      }
      await storage.erasures.confirm(first, [one], today);
      await storage.erasures.confirm(first, [one], '2027-01-01' as CalendarDate);
      await storage.erasures.confirm(second, [], today);
      const again = await reopen();
      expect(await again.erasures.pending(first)).toEqual([two]);
      expect([...(await again.erasures.pending(second))].sort()).toEqual([one, two].sort());
      expect(await again.erasures.receipts(one)).toEqual([
        { device: first, confirmed: today },
        { device: second }
      ]);
    });

    test('[ST1] devices are found by whom they let in, revoked ones not; what waits is noted', async () => {
      const { storage } = await open();
      const owners = Array.from({ length: 3 }, () => uuid<AccountId>());
      const devices = owners.map((owner) => ({
        id: uuid<DeviceId>(),
        kind: 'personal' as const,
        owner,
        created: today,
        cookieHash: owner
      }));
      for (const device of devices) await storage.devices.enrol(device);
      await storage.devices.revoke(devices[2]?.id ?? uuid());
      const said = { waiting: 12, files: 0, drafts: 0, refused: 1, app: '1' };
      await storage.devices.status(devices[0]?.id ?? uuid(), said);
      const many = Array.from({ length: 1200 }, () => uuid<AccountId>());
      const serving = await storage.devices.serving([...many, ...owners]);
      expect(new Map(serving.map(({ id, waiting }) => [id, waiting]))).toEqual(
        new Map([
          [devices[0]?.id, 12],
          [devices[1]?.id, 0]
        ])
      );
      expect(serving.find(({ waiting }) => waiting === 12)?.status).toEqual(said);
      expect(await storage.devices.serving([])).toEqual([]);
    });

    test('[ST1] updates that no change brings are kept in order, all or none', async () => {
      const { storage } = await open();
      const space = uuid<SpaceId>();
      const update = (byte: number) => ({
        space,
        document: 'staff' as const,
        generation: 1,
        update: Uint8Array.of(byte)
      });
      await storage.documents.append([update(1), update(2)]);
      const broken = { ...update(3), update: undefined as unknown as Uint8Array };
      await expect(storage.documents.append([update(4), broken])).rejects.toThrow();
      const loaded = await storage.documents.load(space, 'staff');
      expect(loaded?.updates.map(([byte]) => byte)).toEqual([1, 2]);
    });
  });
}
