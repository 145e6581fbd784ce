import type { AccountKey, KeyScope } from '#lib/domain/account.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { Work } from './work.svelte.ts';

/** The account's current key of that scope, as far as this device is told of it. */
export function currentKey(
  work: Pick<Work, 'view'>,
  account: AccountId,
  scope: KeyScope
): AccountKey | undefined {
  const keys = work.view.directory.public(account)?.keys ?? [];
  return keys.find((key) => key.scope === scope && key.state.is === 'current');
}
