import type { Kysely, Selectable } from 'kysely';
import type { DeviceStore } from '#relay/storage/storage.ts';
import type { NewDevice } from '#relay/storage/records.ts';
import { endLetIns, letIn, revoke, withAccounts } from './device-rows.ts';
import { inParts } from './in-parts.ts';
import type { LetIn } from './let-in.ts';
import { inOne } from './in-one.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';

/** On nearly every change one device signs and carries. */
const findDevice = statement<{ readonly id: string }, Selectable<Tables['devices']>>((db, blank) =>
  db.selectFrom('devices').selectAll().where('id', '=', blank('id'))
);

const findByCookie = statement<{ readonly cookieHash: string }, Selectable<Tables['devices']>>((db, blank) =>
  db.selectFrom('devices').selectAll().where('cookie_hash', '=', blank('cookieHash'))
);

/** The devices. */
export function deviceStore(db: Kysely<Tables>, known: LetIn): DeviceStore {
  return {
    byCookie: async (cookieHash) => {
      return (await withAccounts(db, known, await findByCookie(db, { cookieHash })))[0];
    },
    some: async (ids) => {
      const [id] = ids;
      if (id === undefined) return [];
      const rows =
        ids.length === 1
          ? await findDevice(db, { id })
          : await db.selectFrom('devices').selectAll().where('id', 'in', ids).execute();
      return withAccounts(db, known, rows);
    },
    enrol: (device) => inOne(db, (tx) => enrol(tx, device)),
    letIn: async (device, account) => {
      await letIn(db, device, [account], false);
      known.added(device, [account], false);
    },
    shutOut: async (ended) => {
      await inOne(db, (tx) => endLetIns(tx, ended));
      known.forget();
    },
    of: async (account, most) => {
      const rows = await db
        .selectFrom('devices')
        .selectAll()
        .where('id', 'in', (query) =>
          query
            .selectFrom('device_accounts')
            .select('device')
            .where('account', '=', account)
            .where('held', '=', 0)
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
      for (const part of inParts(accounts)) {
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
    status: async (device, status) => {
      await db
        .updateTable('devices')
        .set({ waiting: status.waiting, status: JSON.stringify(status) })
        .where('id', '=', device)
        .execute();
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
    revoke: (device) => revoke(db, [device])
  };
}

/** Enrols a device within the caller's transaction; its owner is let in. */
export async function enrol(tx: Kysely<Tables>, device: NewDevice): Promise<void> {
  const { id, kind, owner, cookieHash, created } = device;
  await tx
    .insertInto('devices')
    .values({
      id,
      kind,
      owner,
      created,
      cookie_hash: cookieHash,
      last_contact: created,
      confirmed: 0,
      revoked: 0
    })
    .execute();
  await letIn(tx, id, [owner], false);
}
