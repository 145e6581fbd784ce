import type { Kysely, Selectable } from 'kysely';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { DeviceStore, NewDevice, StoredDevice } from '#relay/storage/storage.ts';
import type { LetIn } from './let-in.ts';
import type { Tables } from './tables.ts';

/** The devices in SQLite. */
export function deviceStore(db: Kysely<Tables>, known: LetIn): DeviceStore {
  return {
    byCookie: async (cookieHash) => {
      const row = await db
        .selectFrom('devices')
        .selectAll()
        .where('cookie_hash', '=', cookieHash)
        .executeTakeFirst();
      return row && (await withAccounts(db, known, [row]))[0];
    },
    some: async (ids) => {
      if (ids.length === 0) return [];
      const rows = await db.selectFrom('devices').selectAll().where('id', 'in', ids).execute();
      return withAccounts(db, known, rows);
    },
    enrol: (device) => db.transaction().execute((tx) => enrol(tx, device)),
    letIn: async (device, account) => {
      await letIn(db, device, account);
      known.added(device, account);
    },
    of: async (account, most) => {
      const rows = await db
        .selectFrom('devices')
        .selectAll()
        .where('id', 'in', (query) =>
          query.selectFrom('device_accounts').select('device').where('account', '=', account)
        )
        .orderBy('last_contact', 'desc')
        .orderBy('created', 'desc')
        .orderBy('id')
        .limit(most)
        .execute();
      return withAccounts(db, known, rows);
    },
    serving: async (accounts) => {
      const found = new Map<string, Selectable<Tables['devices']>>();
      // In parts: SQLite binds only so many values at once.
      for (let from = 0; from < accounts.length; from += 500) {
        const part = accounts.slice(from, from + 500);
        const rows = await db
          .selectFrom('devices')
          .selectAll()
          .where('revoked', '=', 0)
          .where('id', 'in', (query) =>
            query.selectFrom('device_accounts').select('device').where('account', 'in', part)
          )
          .execute();
        for (const row of rows) found.set(row.id, row);
      }
      return withAccounts(db, known, [...found.values()]);
    },
    waiting: async (device, count) => {
      await db.updateTable('devices').set({ waiting: count }).where('id', '=', device).execute();
    },
    contact: async (device, on) => {
      await db
        .updateTable('devices')
        .set({ last_contact: on, confirmed: 1 })
        .where('id', '=', device)
        .execute();
    },
    reissue: async (device, cookieHash) => {
      await db
        .updateTable('devices')
        .set({ cookie_hash: cookieHash })
        .where('id', '=', device)
        .where('confirmed', '=', 0)
        .execute();
    },
    revoke: async (device) => {
      await db.updateTable('devices').set({ revoked: 1 }).where('id', '=', device).execute();
    }
  };
}

/** Enrols a device within the caller's transaction; its owner is let in. */
export async function enrol(tx: Kysely<Tables>, device: NewDevice): Promise<void> {
  const { id, kind, owner, cookieHash, created } = device;
  await tx
    .insertInto('devices')
    .values({
      ...{ id, kind, owner, created },
      cookie_hash: cookieHash,
      last_contact: created,
      confirmed: 0,
      revoked: 0
    })
    .execute();
  await letIn(tx, id, owner);
}

/** Lets an account in on a device, within the caller's transaction if there is one. */
export async function letIn(db: Kysely<Tables>, device: DeviceId, account: AccountId): Promise<void> {
  await db
    .insertInto('device_accounts')
    .values({ device, account })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function withAccounts(
  db: Kysely<Tables>,
  known: LetIn,
  rows: readonly Selectable<Tables['devices']>[]
): Promise<readonly StoredDevice[]> {
  const letIn = new Map<string, readonly AccountId[]>();
  for (const { id } of rows) {
    const accounts = known.get(id);
    if (accounts) letIn.set(id, accounts);
  }
  const unknown = rows.map((row) => row.id).filter((id) => !letIn.has(id));
  if (unknown.length > 0) {
    const asked = known.count;
    const accounts = await db
      .selectFrom('device_accounts')
      .selectAll()
      .where('device', 'in', unknown)
      .orderBy('account')
      .execute();
    for (const id of unknown) {
      const own = accounts.filter(({ device }) => device === id).map(({ account }) => account as AccountId);
      letIn.set(id, own);
      known.set(id, own, asked);
    }
  }
  return rows.map((row) => ({
    id: row.id as DeviceId,
    kind: row.kind as StoredDevice['kind'],
    owner: row.owner as AccountId,
    accounts: letIn.get(row.id) ?? [],
    revoked: row.revoked === 1,
    created: row.created as CalendarDate,
    lastContact: row.last_contact as CalendarDate,
    confirmed: row.confirmed === 1,
    waiting: row.waiting
  }));
}
