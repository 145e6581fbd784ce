import { daysBetween, plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { Database, DeviceRow } from './database.ts';
import type { DeviceFiles } from './device-files.ts';
import { exceptStorage } from './storage-failure.ts';

/** What this device knows of days. */
export type Days = Pick<DeviceRow, 'seen' | 'ahead'>;

/** This device as the store knows it; made with a fresh id the first time. */
export async function readDevice(db: Database): Promise<DeviceRow> {
  return db.transaction('rw', db.device, async () => {
    const known = await db.device.get('device');
    if (known) return known;
    const fresh = freshDevice();
    await db.device.put(fresh);
    return fresh;
  });
}

/** A device of which the relay knows nothing. */
export function freshDevice(): DeviceRow {
  return { name: 'device', id: crypto.randomUUID() as DeviceId, enrolment: { is: 'new' } };
}

/** The day by this device's clock, in its own time zone. */
export function clockDay(clock: () => Date = () => new Date()): CalendarDate {
  const now = clock();
  // NW11: a clock that is thousands of years off names a day of which dates can still be reckoned.
  const year = Math.min(Math.max(now.getFullYear(), 1970), 9000);
  const parts = [year, now.getMonth() + 1, now.getDate()];
  return parts
    .map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0'))
    .join('-') as CalendarDate;
}

/** The day on this device, never before the furthest day seen (SE4). */
export function today({ seen, ahead = 0 }: Days, clock?: () => Date): CalendarDate {
  const day = plusDays(clockDay(clock), -ahead);
  return seen && seen > day ? seen : day;
}

/**
 * SE4: what is known of days after the relay has told its own. A clock that is a day off is in another time zone; one
 * that is further off is wrong, and by how much is known from now on.
 */
export function afterContact(relay: CalendarDate, clock?: () => Date): Required<Days> {
  return { seen: relay, ahead: beyondADay(daysBetween(relay, clockDay(clock))) };
}

/**
 * SE4: what is known of days now, without a contact: undefined when nothing has changed. A clock that was turned back
 * goes on from the furthest day seen.
 */
export function onward(days: Days, clock?: () => Date): Days | undefined {
  const { seen, ahead = 0 } = days;
  const own = clockDay(clock);
  const day = plusDays(own, -ahead);
  if (!seen || day > seen) return { seen: day, ahead };
  const back = daysBetween(seen, day);
  return beyondADay(back) === 0 ? undefined : { seen, ahead: daysBetween(seen, own) };
}

/** SE4: writes down how far the days have gone. */
export async function noteDay(db: Database): Promise<void> {
  const device = await db.device.get('device');
  const days = device && onward(device);
  if (days) await db.device.update('device', { ...days });
}

/** SE4: the same every minute, until the answer is cleared. */
export function noteDays(db: Database): ReturnType<typeof setInterval> {
  return setInterval(() => void noteDay(db).catch(exceptStorage), 60_000);
}

/** SE9: somebody in their own custody was at work here. */
export async function rememberAdult(db: Database, account: AccountId): Promise<void> {
  await db.transaction('rw', db.device, async () => {
    const { adults = [] } = (await db.device.get('device')) ?? {};
    if (!adults.includes(account)) await db.device.update('device', { adults: [...adults, account] });
  });
}

/** MT6, MT9: chooses something else for the files here. */
export async function chooseFiles(db: Database, change: (now: DeviceFiles) => DeviceFiles): Promise<void> {
  await db.transaction('rw', db.device, async () => {
    const device = await db.device.get('device');
    if (device) await db.device.update('device', { files: change(device.files ?? {}) });
  });
}

function beyondADay(days: number): number {
  return Math.abs(days) > 1 ? days : 0;
}
