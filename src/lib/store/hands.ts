import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import type { Database, HandRow } from './database.ts';

/** After so many days nobody looks for a hand any more. */
const handDays = 30;

/** HA2: keeps a raised hand on this device, whether the relay can be reached or not. */
export async function keepHand(db: Database, who: string, display: string, on: CalendarDate): Promise<void> {
  await db.hands.put({ who: keyOf(who), display, on, sent: false });
}

/** Those that the relay has not been told of. */
export async function unsentHands(db: Database): Promise<readonly HandRow[]> {
  return db.hands.filter((hand) => !hand.sent).toArray();
}

export async function handSent(db: Database, who: string): Promise<void> {
  await db.hands.update(keyOf(who), { sent: true });
}

/** HA3: it is down, by whichever of these names it was raised. */
export async function lowerHand(db: Database, ...names: readonly string[]): Promise<void> {
  await db.hands.bulkDelete(names.map(keyOf));
}

/** Forgets those that nobody looked for. */
export async function forgetOldHands(db: Database, today: CalendarDate): Promise<void> {
  await db.hands.filter((hand) => hand.on < plusDays(today, -handDays)).delete();
}

function keyOf(who: string): string {
  return nameKey(who);
}
