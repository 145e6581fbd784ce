import type { Kysely } from 'kysely';
import type { InvitationId, KeyId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import type { DirectoryPut } from '#lib/domain/puts.ts';
import type { AcceptedWrite } from '#relay/storage/change-store.ts';
import type { DirectoryStore } from '#relay/storage/storage.ts';
import type { InvitationLink } from '#relay/storage/records.ts';
import { inParts } from './in-parts.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';

const writeRecord = statement<Tables['directory']>((db, blank) =>
  db
    .insertInto('directory')
    .values({ map: blank('map'), key: blank('key'), value: blank('value') })
    .onConflict((conflict) => conflict.columns(['map', 'key']).doUpdateSet({ value: blank('value') }))
);

const forgetOlder = statement<Pick<Tables['credentials'], 'account' | 'scope'>>((db, blank) =>
  db.deleteFrom('credentials').where('account', '=', blank('account')).where('scope', '=', blank('scope'))
);

const insertCredential = statement<Tables['credentials']>((db, blank) =>
  db.insertInto('credentials').values({
    account: blank('account'),
    key: blank('key'),
    scope: blank('scope'),
    text: blank('text')
  })
);

/** The directory. */
export function directoryStore(db: Kysely<Tables>): DirectoryStore {
  return {
    all: async () => {
      const rows = await db.selectFrom('directory').selectAll().execute();
      // Written by `putDirectory` only, so each value is what its map holds.
      return rows.map(
        ({ map, key, value }) => ({ doc: 'directory', map, key, value: JSON.parse(value) }) as DirectoryPut
      );
    },
    put: (puts) => db.transaction().execute((tx) => putDirectory(tx, puts)),
    credential: async (key) =>
      (await db.selectFrom('credentials').select('text').where('key', '=', key).executeTakeFirst())?.text,
    credentials: async (keys) => {
      const found = new Map<KeyId, string>();
      for (const part of inParts(keys)) {
        const rows = await db
          .selectFrom('credentials')
          .select(['key', 'text'])
          .where('key', 'in', part)
          .execute();
        for (const { key, text } of rows) found.set(key as KeyId, text);
      }
      return found;
    },
    invitation: async (secret) => {
      const row = await db
        .selectFrom('invitations')
        .selectAll()
        .where('secret_hash', '=', secret)
        .executeTakeFirst();
      return row && toLink(row);
    }
  };
}

/** Writes directory records within the caller's transaction; null deletes. */
export async function putDirectory(tx: Kysely<Tables>, puts: readonly DirectoryPut[]): Promise<void> {
  for (const { map, key, value } of puts) {
    if (value === null) {
      await tx.deleteFrom('directory').where('map', '=', map).where('key', '=', key).execute();
      continue;
    }
    await writeRecord(tx, { map, key, value: JSON.stringify(value) });
  }
}

/** Writes a sealed key in the place of the account's older ones of that scope. */
export async function putCredential(
  tx: Kysely<Tables>,
  { account, key, scope, text }: NonNullable<AcceptedWrite['credential']>
): Promise<void> {
  await forgetOlder(tx, { account, scope });
  await insertCredential(tx, { account, key, scope, text });
}

/** Forgets the sealed halves of these keys, within the caller's transaction. */
export async function forgetCredentials(tx: Kysely<Tables>, keys: readonly KeyId[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.deleteFrom('credentials').where('key', 'in', keys).execute();
}

/** Notes which invitation a secret belongs to. */
export async function putInvitation(tx: Kysely<Tables>, link: InvitationLink): Promise<void> {
  const { secretHash, space, invitation } = link;
  await tx
    .insertInto('invitations')
    .values({ secret_hash: secretHash, space, invitation })
    .onConflict((conflict) => conflict.column('secret_hash').doNothing())
    .execute();
}

function toLink(row: Tables['invitations']): InvitationLink {
  return {
    secretHash: row.secret_hash as SecretHash,
    space: row.space as SpaceId,
    invitation: row.invitation as InvitationId
  };
}
