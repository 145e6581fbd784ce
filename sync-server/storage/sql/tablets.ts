import type { Kysely } from 'kysely';
import type { AccountId, DeviceId, OfferId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import type { NewOffer, StoredOffer, TabletAsk, TabletStore } from '#relay/storage/tablet-store.ts';
import { writeActivity } from './activity.ts';
import { letIn, revoke, withAccounts } from './device-rows.ts';
import { putDirectory } from './directory.ts';
import { writeUpdate } from './documents.ts';
import type { LetIn } from './let-in.ts';
import { inOne } from './in-one.ts';
import type { Tables } from './tables.ts';

/** Offers and classroom tablets. */
export function tabletStore(db: Kysely<Tables>, known: LetIn): TabletStore {
  return {
    offer: async (hash) => {
      const [column, value] =
        'secretHash' in hash
          ? (['secret_hash', hash.secretHash] as const)
          : (['code_hash', hash.codeHash] as const);
      const row = await db.selectFrom('offers').selectAll().where(column, '=', value).executeTakeFirst();
      return row && toOffer(row);
    },
    isTaken: async ({ offer, secretHash, codeHash }) => {
      const row = await db
        .selectFrom('offers')
        .select('offer')
        .where((where) =>
          where.or([
            where('offer', '=', offer),
            where('secret_hash', '=', secretHash),
            where('code_hash', '=', codeHash)
          ])
        )
        .executeTakeFirst();
      return row !== undefined;
    },
    openOffers: async (space, by, instant) => {
      const rows = await db
        .selectFrom('offers')
        .select('offer')
        .where('space', '=', space)
        .where('by', '=', by)
        .where('expires', '>', instant)
        .whereRef('used', '<', 'count')
        .execute();
      return rows.length;
    },
    ask: (asked) => inOne(db, (tx) => ask(tx, asked)),
    of: async (spaces) => {
      if (spaces.length === 0) return [];
      const rows = await db
        .selectFrom('devices')
        .selectAll()
        .where('space', 'in', spaces)
        .orderBy('id')
        .execute();
      return withAccounts(db, known, rows);
    },
    hold: async (device, accounts) => {
      await inOne(db, (tx) => letIn(tx, device, accounts, true));
      known.added(device, accounts, true);
    },
    prune: async (before, instant) => {
      await inOne(db, async (tx) => {
        await tx.deleteFrom('devices').where('stage', '=', 'waiting').where('created', '<', before).execute();
        await tx.deleteFrom('offers').where('expires', '<=', instant).execute();
      });
    }
  };
}

/** Keeps an offer within the caller's transaction. */
export async function putOffer(tx: Kysely<Tables>, made: NewOffer): Promise<void> {
  const { offer, secretHash, codeHash, space, by, count, expires } = made;
  await tx
    .insertInto('offers')
    .values({
      offer,
      space,
      by,
      count,
      expires,
      secret_hash: secretHash,
      code_hash: codeHash,
      used: 0
    })
    .execute();
}

/** TB4: these tablets wait no longer; within the caller's transaction. */
export async function admit(tx: Kysely<Tables>, tablets: readonly DeviceId[]): Promise<void> {
  if (tablets.length === 0) return;
  await tx
    .updateTable('devices')
    .set({ stage: 'active' })
    .where('id', 'in', tablets)
    .where('stage', '=', 'waiting')
    .execute();
}

async function ask(tx: Kysely<Tables>, asked: TabletAsk): Promise<void> {
  const { offer, space, by: owner } = asked.offer;
  const used = await tx
    .updateTable('offers')
    .set((where) => ({ used: where('used', '+', 1) }))
    .where('offer', '=', offer)
    .whereRef('used', '<', 'count')
    .executeTakeFirst();
  if (used.numUpdatedRows !== 1n) throw new Error('this offer lets no more tablets ask');
  const { id, name, created, cookieHash } = asked;
  await tx
    .insertInto('devices')
    .values({
      id,
      owner,
      space,
      name,
      offer,
      created,
      kind: 'classroom',
      stage: 'waiting',
      cookie_hash: cookieHash,
      last_contact: created,
      confirmed: 0,
      revoked: 0
    })
    .execute();
  if (asked.revoke) await revoke(tx, [asked.revoke]);
  for (const update of asked.updates) await writeUpdate(tx, update);
  await putDirectory(tx, asked.directory);
  if (asked.activity) await writeActivity(tx, asked.activity);
}

function toOffer(row: Tables['offers']): StoredOffer {
  return {
    offer: row.offer as OfferId,
    secretHash: row.secret_hash as SecretHash,
    codeHash: row.code_hash as SecretHash,
    space: row.space as SpaceId,
    by: row.by as AccountId,
    count: row.count,
    used: row.used,
    expires: row.expires
  };
}
