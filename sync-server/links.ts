import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { SecretHash } from '#lib/domain/ids.ts';
import type { DirectoryPut } from '#lib/domain/puts.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import type { Clock } from './clock.ts';
import type { Lock } from './truth/lock.ts';
import type { Truth } from './truth/truth.ts';
import type { Storage } from './storage/storage.ts';

/** Days for which the technician's links live (SP2, KE8). */
export const linkDays = { setUp: 30, founding: 7, recovery: 1 } as const;

/** A link that was just made. Its secret is known from here on to whoever reads it alone. */
export interface MadeLink {
  /** From the root: `/setup#<secret>` or `/recover#<secret>`; the secret never reaches a server by being opened. */
  readonly path: string;
  readonly expires: CalendarDate;
}

interface Around {
  readonly storage: Storage;
  readonly truth: Truth;
  readonly lock: Lock;
  readonly clock: Clock;
}

/** LI7: one more link with which an adult may found a TwinSpace. */
export function makeFoundingLink(around: Around, days: number = linkDays.founding): Promise<MadeLink> {
  return around.lock.run(async () => {
    const { secret, hash } = await freshSecret();
    const expires = plusDays(around.clock.today(), days);
    await write(around, [{ doc: 'directory', map: 'foundings', key: hash, value: { expires } }]);
    return { path: `/setup#${secret}`, expires };
  });
}

/**
 * OP2: the link of a relay on which nothing has been founded. Only its hash is stored, so each start makes another and
 * the one before stops working; undefined once there is a TwinSpace.
 */
export function makeSetUpLink(around: Around): Promise<MadeLink | undefined> {
  return around.lock.run(async () => {
    const { storage, clock } = around;
    if (await storage.documents.any()) return undefined;
    const { secret, hash } = await freshSecret();
    const before = await storage.meta.get('setup');
    const puts: DirectoryPut[] = [];
    if (before) puts.push({ doc: 'directory', map: 'foundings', key: before, value: null });
    const expires = plusDays(clock.today(), linkDays.setUp);
    puts.push({ doc: 'directory', map: 'foundings', key: hash, value: { expires } });
    await write(around, puts);
    await storage.meta.set('setup', hash);
    return { path: `/setup#${secret}`, expires };
  });
}

/** LI8: one link with which an adult may choose a new password; undefined where no adult has this username. */
export function makeRecoveryLink(around: Around, username: string): Promise<MadeLink | undefined> {
  return around.lock.run(async () => {
    const directory = await around.truth.directory();
    const account = directory.holderOf(nameKey(username));
    if (!account || directory.public(account)?.custody.kind !== 'self') return undefined;
    const { secret, hash } = await freshSecret();
    const expires = plusDays(around.clock.today(), linkDays.recovery);
    const value = { account, expires, used: false };
    await write(around, [{ doc: 'directory', map: 'recoveries', key: hash, value }]);
    return { path: `/recover#${secret}`, expires };
  });
}

async function write({ storage, truth }: Around, puts: readonly DirectoryPut[]): Promise<void> {
  await storage.directory.put(puts);
  const directory = await truth.directory();
  for (const put of puts) directory.put(put);
}

async function freshSecret(): Promise<{ readonly secret: string; readonly hash: SecretHash }> {
  const secret = randomText(32);
  return { secret, hash: (await sha256(secret)) as SecretHash };
}
