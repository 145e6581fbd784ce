import type { Transaction } from 'dexie';
import type { CalendarDate } from '#lib/domain/dates.ts';

/** What version 2 kept that is kept otherwise now. */
interface Before {
  readonly key: string;
  readonly lease: CalendarDate;
}
interface DeviceBefore {
  furthest?: CalendarDate;
  seen?: CalendarDate;
  lease?: CalendarDate;
}

/**
 * From version 2 to 3: sealed keys stand under their key, since an account may have two; the lease is that of the whole
 * device, since every contact renews all of it.
 */
export async function keysByKey(tx: Transaction): Promise<void> {
  const before: Before[] = await tx.table('credentials').toArray();
  await tx.table('keys').bulkPut(before.map(({ lease: _, ...row }) => ({ ...row, by: 'password' })));
  const lease = before
    .map((row) => row.lease)
    .sort()
    .at(-1);
  await tx
    .table('device')
    .toCollection()
    .modify((device: DeviceBefore) => {
      if (device.furthest) device.seen = device.furthest;
      delete device.furthest;
      if (lease) device.lease = lease;
    });
}
