import { newKeyIn } from '#lib/domain/brought.ts';
import type { Change } from '#lib/domain/change.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { SessionRow } from '#lib/store/database.ts';

/** What has become of the key of a session that must end: it was replaced, taken away, or never accepted. */
export type KeyEnd = 'key-changed' | 'class-key-over' | 'pictures-over' | 'key-refused';

/**
 * Why a session must end because of its key, if it must. SE6: the key is current no more, the password was changed
 * elsewhere (KE12, KE13: or the classroom key taken away); what was changed here and still waits has given the session its new key already, so only what the relay
 * has confirmed counts. MY8: the relay has refused the key, so nothing that it signs would count.
 *
 * @param confirmed the directory as the relay has told it
 * @param refused what the relay has refused
 */
export function whyEnded(
  {
    account,
    key: used,
    scope,
    by
  }: Pick<SessionRow, 'account' | 'key'> & Partial<Pick<SessionRow, 'scope' | 'by'>>,
  confirmed: Pick<Directory, 'public'>,
  refused: readonly Pick<Change, 'name' | 'args'>[]
): KeyEnd | undefined {
  const key = confirmed.public(account)?.keys.find((candidate) => candidate.id === used);
  // A key that is not there yet was set a moment ago: the document that has it is on its way.
  if (!key) return refused.some((change) => newKeyIn(change)?.key.id === used) ? 'key-refused' : undefined;
  if (key.state.is === 'current') return undefined;
  if (by === 'pictures') return 'pictures-over';
  return scope === 'classroom' ? 'class-key-over' : 'key-changed';
}
