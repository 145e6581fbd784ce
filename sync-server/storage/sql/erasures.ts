import type { Kysely } from 'kysely';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import type { ErasureStore, ErasureWrite } from '#relay/storage/storage.ts';
import { putDirectory } from './directory.ts';
import { rebuild } from './documents.ts';
import { inParts } from './in-parts.ts';
import type { LetIn } from './let-in.ts';
import type { Tables } from './tables.ts';

/**
 * Erased accounts.
 *
 * @param overwriteDeleted so that nothing is left in the database's files (ER5)
 */
export function erasureStore(
  db: Kysely<Tables>,
  known: LetIn,
  overwriteDeleted: () => Promise<void>
): ErasureStore {
  return {
    erase: async (write) => {
      await db.transaction().execute((tx) => erase(tx, write));
      known.forget();
      await overwriteDeleted();
    },
    pending: async (device) => {
      const rows = await db
        .selectFrom('erasure_receipts')
        .select('account')
        .where('device', '=', device)
        .where('confirmed', 'is', null)
        .execute();
      return rows.map(({ account }) => account as AccountId);
    },
    confirm: async (device, accounts, on) => {
      if (accounts.length === 0) return;
      await db
        .updateTable('erasure_receipts')
        .set({ confirmed: on })
        .where('device', '=', device)
        .where('account', 'in', accounts)
        .where('confirmed', 'is', null)
        .execute();
    },
    receipts: async (account) => {
      const rows = await db
        .selectFrom('erasure_receipts')
        .selectAll()
        .where('account', '=', account)
        .orderBy('device')
        .execute();
      return rows.map(({ device, confirmed }) => ({
        device: device as DeviceId,
        ...(confirmed === null ? {} : { confirmed: confirmed as CalendarDate })
      }));
    }
  };
}

async function erase(tx: Kysely<Tables>, write: ErasureWrite): Promise<void> {
  const { account, documents, directory, devices, changes, shown } = write;
  for (const document of documents) await rebuild(tx, document);
  await putDirectory(tx, directory);
  await tx.deleteFrom('credentials').where('account', '=', account).execute();
  await tx.deleteFrom('device_accounts').where('account', '=', account).execute();
  await tx.deleteFrom('offers').where('by', '=', account).execute();
  await prune(tx, changes);
  for (const { space, page, title } of shown)
    await tx
      .updateTable('published_pages')
      .set({ title })
      .where('space', '=', space)
      .where('page', '=', page)
      .execute();
  for (const device of devices) {
    await tx
      .insertInto('erasure_receipts')
      .values({ account, device, confirmed: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** The payloads of these changes; their verdicts lose their notes. */
async function prune(tx: Kysely<Tables>, changes: readonly number[]): Promise<void> {
  for (const part of inParts(changes)) {
    const rows = await tx.selectFrom('changes').select(['seq', 'verdict']).where('seq', 'in', part).execute();
    for (const { seq, verdict } of rows) {
      const without = { ...(JSON.parse(verdict) as object), notes: [] };
      await tx
        .updateTable('changes')
        .set({ payload: '', verdict: JSON.stringify(without) })
        .where('seq', '=', seq)
        .execute();
    }
  }
}
