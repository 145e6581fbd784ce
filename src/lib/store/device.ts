import type { CalendarDate } from '#lib/domain/dates.ts';
import type { DeviceId } from '#lib/domain/ids.ts';
import type { Database, DeviceRow } from './database.ts';

/** This device as the store knows it; made with a fresh id the first time. */
export async function readDevice(db: Database): Promise<DeviceRow> {
  return db.transaction('rw', db.device, async () => {
    const known = await db.device.get('device');
    if (known) return known;
    const fresh: DeviceRow = {
      name: 'device',
      id: crypto.randomUUID() as DeviceId,
      enrolment: { is: 'new' }
    };
    await db.device.put(fresh);
    return fresh;
  });
}

/** The day on this device, never before the furthest day that the relay was seen at (SE4). */
export function today(
  device: Pick<DeviceRow, 'furthest'>,
  clock: () => Date = () => new Date()
): CalendarDate {
  const now = clock();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const day = parts
    .map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0'))
    .join('-') as CalendarDate;
  return device.furthest && device.furthest > day ? device.furthest : day;
}
