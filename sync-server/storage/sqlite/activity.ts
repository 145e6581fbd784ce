import type { Kysely, Selectable } from 'kysely';
import type { CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';
import type { ActivityDetail } from '#lib/protocol/activity.ts';
import type { ActivityRow, ActivityStore, NewActivity } from '#relay/storage/storage.ts';
import type { Tables } from './tables.ts';

/** The activity log in SQLite. */
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

/** Writes one entry within the caller's transaction. */
export async function writeActivity(tx: Kysely<Tables>, activity: NewActivity): Promise<void> {
  const { space, received, actor, name, about, detail, refused } = activity;
  await tx
    .insertInto('activity')
    .values({
      ...{ space, received, actor, name },
      about: about ?? null,
      detail: JSON.stringify(detail),
      refused: refused ?? null
    })
    .execute();
}

/** Written by `writeActivity` only, so each column holds what its name says. */
function toRow(row: Selectable<Tables['activity']>): ActivityRow {
  return {
    seq: row.seq,
    space: row.space as SpaceId,
    received: row.received as CalendarDate,
    actor: row.actor as AccountId,
    name: row.name as CommandName,
    ...(row.about === null ? {} : { about: row.about }),
    detail: JSON.parse(row.detail) as ActivityDetail,
    ...(row.refused === null ? {} : { refused: row.refused as RefusalCode })
  };
}
