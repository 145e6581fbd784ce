import type { App } from '#lib/session/app.svelte.ts';
import type { Person } from '../../support/cast.ts';
import { goto } from './kit/navigation.ts';
import { password } from './seat.ts';

/** CO11: the words that were begun on a device, as they are stored. */
export async function begunOn({ db }: App): Promise<readonly string[]> {
  return (await db.unsent.toArray()).map(({ text }) => text);
}

/** The device has locked; whoever had it signs in again, and goes there. */
export async function afterLock(app: App, who: Person, at: string): Promise<void> {
  await app.signOut('idle');
  await app.signIn(who.username, password);
  await goto(at);
}
