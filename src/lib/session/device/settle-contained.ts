import type { Database } from '#lib/store/database.ts';
import { settle } from '#lib/store/outbox.ts';
import type { Replica } from '#lib/sync/replica.ts';

/** OB4: what the relay accepted and every followed document contains, stored, leaves the outbox. */
export function settleContained(db: Database, replica: Replica): Promise<void> {
  return settle(
    db,
    ({ state, space }) => state.is === 'accepted' && replica.contains(space, state.version, true)
  );
}
