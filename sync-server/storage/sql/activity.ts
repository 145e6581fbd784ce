import type { Kysely, Selectable } from 'kysely';
import type { CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';
import type { LogDetail } from '#lib/domain/facts.ts';
import type { NewActivity } from '#relay/storage/records.ts';
import type { ActivityRow, ActivityStore } from '#relay/storage/storage.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';

const insertEntry = statement<Omit<Tables['activity'], 'seq' | 'count'>>((db, blank) =>
  db.insertInto('activity').values({
    space: blank('space'),
    received: blank('received'),
    actor: blank('actor'),
    name: blank('name'),
    about: blank('about'),
    detail: blank('detail'),
    refused: blank('refused')
  })
);

/** The activity log. */
export function activityStore(db: Kysely<Tables>): ActivityStore {
  return {
    page: async ({ space, before, most, account, names, refusedOnly }) => {
      let query = db.selectFrom('activity').selectAll().where('space', '=', space);
      if (before !== undefined) query = query.where('seq', '<', before);
      if (account !== undefined) {
        query = query.where((where) =>
          where.or([where('actor', '=', account), where('about', '=', account)])
        );
      }
      if (names !== undefined) query = query.where('name', 'in', names);
      if (refusedOnly) query = query.where('refused', 'is not', null);
      return (await query.orderBy('seq', 'desc').limit(most).execute()).map(toRow);
    },
    prune: async (before) => {
      await db.deleteFrom('activity').where('received', '<', before).execute();
    }
  };
}

/** Writes one entry within the caller's transaction. LO10: refusals of one kind on one day stand in one, counted. */
export async function writeActivity(tx: Kysely<Tables>, activity: NewActivity): Promise<void> {
  const { space, received, actor, name, about, detail, refused } = activity;
  if (refused !== undefined && (await counted(tx, activity))) return;
  await insertEntry(tx, {
    space,
    received,
    actor,
    name,
    about: about ?? null,
    detail: JSON.stringify(detail),
    refused: refused ?? null
  });
}

/** Counts a refusal in the entry of its kind, if there is one; whom it was about stays only where that is the same. */
async function counted(
  tx: Kysely<Tables>,
  { space, received, actor, name, about, detail, refused = 'malformed' }: NewActivity
): Promise<boolean> {
  const kind = { space, received, actor, name, refused };
  const known = await tx
    .selectFrom('activity')
    .select(['seq', 'about', 'detail'])
    .where((where) => where.and(kind))
    .executeTakeFirst();
  if (!known) return false;
  const same = known.about === (about ?? null) && known.detail === JSON.stringify(detail);
  await tx
    .updateTable('activity')
    .set((where) => ({ count: where('count', '+', 1), ...(same ? {} : { about: null, detail: '{}' }) }))
    .where('seq', '=', known.seq)
    .execute();
  return true;
}

/** Written by `writeActivity` only, so each column holds what its name says. */
function toRow(row: Selectable<Tables['activity']>): ActivityRow {
  return {
    seq: row.seq,
    count: row.count,
    space: row.space as SpaceId,
    received: row.received as CalendarDate,
    actor: row.actor as AccountId,
    name: row.name as CommandName,
    ...(row.about === null ? {} : { about: row.about }),
    detail: JSON.parse(row.detail) as LogDetail,
    ...(row.refused === null ? {} : { refused: row.refused as RefusalCode })
  };
}
