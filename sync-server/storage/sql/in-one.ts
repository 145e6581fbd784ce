import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Does the work in one transaction: in the caller's, if there is one. */
export function inOne<Answer>(
  db: Kysely<Tables>,
  work: (tx: Kysely<Tables>) => Promise<Answer>
): Promise<Answer> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
