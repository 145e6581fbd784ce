import type { Kysely } from 'kysely';
import type { DocumentStore } from '#relay/storage/storage.ts';
import type { DocumentUpdate } from '#relay/storage/records.ts';
import { inOne } from './in-one.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';

const beginRoom = statement<Tables['rooms']>((db, blank) =>
  db
    .insertInto('rooms')
    .values({ space: blank('space'), document: blank('document'), generation: blank('generation') })
    .onConflict((conflict) => conflict.doNothing())
);

const insertUpdate = statement<Omit<Tables['document_updates'], 'seq'>>((db, blank) =>
  db
    .insertInto('document_updates')
    .values({ space: blank('space'), document: blank('document'), bytes: blank('bytes') })
);

/** The Yjs documents. */
export function documentStore(db: Kysely<Tables>): DocumentStore {
  return {
    any: async () => (await db.selectFrom('rooms').select('space').limit(1).executeTakeFirst()) !== undefined,
    load: (space, document) =>
      inOne(db, async (tx) => {
        const room = await tx
          .selectFrom('rooms')
          .select('generation')
          .where('space', '=', space)
          .where('document', '=', document)
          .executeTakeFirst();
        if (!room) return undefined;
        const rows = await tx
          .selectFrom('document_updates')
          .select('bytes')
          .where('space', '=', space)
          .where('document', '=', document)
          .orderBy('seq')
          .execute();
        return { generation: room.generation, updates: rows.map((row) => row.bytes) };
      }),
    compact: (space, document, update) =>
      inOne(db, async (tx) => {
        await forget(tx, space, document);
        await tx.insertInto('document_updates').values({ space, document, bytes: update }).execute();
      }),
    append: (updates) =>
      inOne(db, async (tx) => {
        for (const update of updates) await writeUpdate(tx, update);
      }),
    rebuild: (space, document, generation, update) =>
      inOne(db, (tx) => rebuild(tx, { space, document, generation, update }))
  };
}

/** Begins a generation within the caller's transaction and forgets the one before. */
export async function rebuild(tx: Kysely<Tables>, write: DocumentUpdate): Promise<void> {
  const { space, document, generation } = write;
  await forget(tx, space, document);
  await tx
    .insertInto('rooms')
    .values({ space, document, generation })
    .onConflict((conflict) => conflict.columns(['space', 'document']).doUpdateSet({ generation }))
    .execute();
  await insert(tx, write);
}

/** Writes one update within the caller's transaction; a document begins with its first one. */
export async function writeUpdate(tx: Kysely<Tables>, write: DocumentUpdate): Promise<void> {
  const { space, document, generation } = write;
  await beginRoom(tx, { space, document, generation });
  await insert(tx, write);
}

async function insert(tx: Kysely<Tables>, { space, document, update }: DocumentUpdate): Promise<void> {
  await insertUpdate(tx, { space, document, bytes: update });
}

async function forget(tx: Kysely<Tables>, space: string, document: string): Promise<void> {
  await tx
    .deleteFrom('document_updates')
    .where('space', '=', space)
    .where('document', '=', document)
    .execute();
}
