import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId, DeviceId, SpaceId } from '#lib/domain/ids.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type { AcceptedWrite } from '#relay/storage/change-store.ts';
import type { NewActivity } from '#relay/storage/records.ts';
import type { Storage } from '#relay/storage/storage.ts';

const today = '2026-11-24' as CalendarDate;
const uuid = <Id extends string>(): Id => crypto.randomUUID() as string as Id;

function settled(id: ChangeId, is: 'accepted' | 'refused'): AcceptedWrite['settled'] {
  const verdict: Verdict =
    is === 'accepted' ? { id, is, version: 1, notes: [] } : { id, is, code: 'not-permitted' };
  return { fingerprint: `print of ${id}`, verdict };
}

function accepted(activity: NewActivity): AcceptedWrite {
  const id = uuid<ChangeId>();
  const { space } = activity;
  return {
    change: {
      id,
      space,
      actor: activity.actor,
      name: activity.name,
      device: uuid<DeviceId>(),
      carrier: uuid<DeviceId>(),
      header: '{}',
      payload: 'e30',
      signature: 'c2ln',
      received: today
    },
    settled: settled(id, 'accepted'),
    directory: [],
    invitations: [],
    letIn: [],
    activity
  };
}

/** ST1: what every storage keeps to with the activity log. */
export function activityContract(
  name: string,
  open: () => Promise<{ readonly storage: Storage; reopen(): Promise<Storage> }>
): void {
  describe(`${name}: activity`, () => {
    const entry = (space: SpaceId, over: Partial<NewActivity> = {}): NewActivity => ({
      space,
      received: today,
      actor: uuid<AccountId>(),
      name: 'member.remove',
      about: uuid(),
      detail: {},
      ...over
    });

    test('[ST1] entries come newest first, page by page, accepted and refused ones alike', async () => {
      const { storage, reopen } = await open();
      const space = uuid<SpaceId>();
      const entries = [
        entry(space, { detail: { role: 'pupil', changed: ['given'], on: true, minutes: 5 } }),
        entry(space, { refused: 'not-permitted' }),
        entry(space, { name: 'space.archive' })
      ];
      for (const activity of entries) {
        const id = uuid<ChangeId>();
        if (activity.refused)
          await storage.changes.refuse({ ...activity, id }, settled(id, 'refused'), today, activity);
        else await storage.changes.accept(accepted(activity));
      }
      await storage.changes.accept(accepted(entry(uuid<SpaceId>())));
      const all = await (await reopen()).activity.page({ space, most: 10 });
      expect(all.map(({ seq: _seq, count: _count, ...rest }) => rest)).toEqual(entries.toReversed());
      const seqs = all.map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
    });

    test('[ST1] pages are narrowed by account, command and refusal', async () => {
      const { storage } = await open();
      const space = uuid<SpaceId>();
      const [one, two] = [uuid<AccountId>(), uuid<AccountId>()];
      const entries = [
        entry(space, { actor: one, name: 'member.role' }),
        entry(space, { actor: two, about: one }),
        entry(space, { actor: two, name: 'member.restore' })
      ];
      for (const activity of entries) await storage.changes.accept(accepted(activity));
      const id = uuid<ChangeId>();
      const refused = entry(space, { actor: one, refused: 'same-role' });
      await storage.changes.refuse({ ...refused, id }, settled(id, 'refused'), today, refused);
      const ask = async (wanted: object): Promise<readonly string[]> => {
        const rows = await storage.activity.page({ space, most: 10, ...wanted });
        return rows.map(({ actor, about, name: command }) => `${command} ${actor === one || about === one}`);
      };
      expect(await ask({ account: one })).toEqual([
        ...['member.remove true', 'member.remove true', 'member.role true']
      ]);
      expect(await ask({ names: ['member.role', 'member.restore'] })).toHaveLength(2);
      expect(await ask({ names: [] })).toEqual([]);
      expect(await ask({ refusedOnly: true })).toEqual(['member.remove true']);
      const [newest] = await storage.activity.page({ space, most: 1 });
      expect(await ask({ before: newest?.seq, most: 2 })).toHaveLength(2);
    });

    test('[ST1, LO10] refusals of one kind on one day are one entry with their number', async () => {
      const { storage, reopen } = await open();
      const space = uuid<SpaceId>();
      const [actor, about] = [uuid<AccountId>(), uuid<AccountId>()];
      const refused = { actor, about, refused: 'not-permitted', detail: { role: 'teacher' } } as const;
      const others = [{ received: '2026-11-25' as CalendarDate }, { refused: 'same-role' as const }];
      const entries = [
        ...[entry(space, refused), entry(space, refused), entry(space)],
        ...others.map((other) => entry(space, { ...refused, ...other })),
        entry(space, { ...refused, about: uuid<AccountId>() })
      ];
      for (const activity of entries) {
        const id = uuid<ChangeId>();
        if (activity.refused)
          await storage.changes.refuse({ ...activity, id }, settled(id, 'refused'), today, activity);
        else await storage.changes.accept(accepted(activity));
      }
      const all = await (await reopen()).activity.page({ space, most: 10 });
      expect(all.map(({ count }) => count)).toEqual([1, 1, 1, 3]);
      // Not always about the same: then about nobody in particular.
      expect(all[3]).toMatchObject({ refused: 'not-permitted', detail: {} });
      expect(all[3]?.about).toBeUndefined();
    });

    test('[ST1] what is older than a day can be forgotten, and nothing else', async () => {
      const { storage } = await open();
      const space = uuid<SpaceId>();
      for (const received of ['2026-11-22', '2026-11-23', '2026-11-24'] as CalendarDate[]) {
        await storage.changes.accept(accepted(entry(space, { received })));
      }
      await storage.activity.prune('2026-11-23' as CalendarDate);
      const left = await storage.activity.page({ space, most: 10 });
      expect(left.map(({ received }) => received)).toEqual(['2026-11-24', '2026-11-23']);
    });

    test('[ST2] an entry is written with its change or not at all', async () => {
      const { storage } = await open();
      const space = uuid<SpaceId>();
      const one = accepted(entry(space));
      await storage.changes.accept(one);
      await expect(storage.changes.accept(one)).rejects.toThrow();
      const { change } = one;
      const refusing = storage.changes.refuse(change, settled(change.id, 'refused'), today, entry(space));
      await expect(refusing).rejects.toThrow();
      expect(await storage.activity.page({ space, most: 10 })).toHaveLength(1);
    });
  });
}
