import { fromBase64Url } from '#lib/crypto/encoding.ts';
import type { Database, OutboxRow } from '#lib/store/database.ts';
import { accepted, settle } from '#lib/store/outbox.ts';
import type { Replica } from '#lib/sync/replica.ts';

/** OB4: what the relay accepted and every followed document contains, stored, leaves the outbox. */
export async function settleContained(db: Database, replica: Replica): Promise<void> {
  const done: OutboxRow[] = [];
  for (const row of await accepted(db)) if (await isContained(replica, row)) done.push(row);
  await settle(db, done);
}

async function isContained(replica: Replica, { state, space, page, signed }: OutboxRow): Promise<boolean> {
  if (page) return replica.containsEdit({ space, page }, fromBase64Url(signed.payload));
  return state.is === 'accepted' && replica.contains(space, state.version, true);
}
