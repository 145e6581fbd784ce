import type { AccountKey } from '#lib/domain/account.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import {
  readCredential,
  type Credential,
  type HeldCredential,
  type SealUse
} from '#lib/protocol/credential.ts';
import type { Core } from '#relay/core.ts';

/** A seal of an account's current full key, with what is around it. */
export interface KnownSeal {
  readonly account: AccountId;
  readonly key: AccountKey;
  readonly seal: Credential['seals'][number];
}

/** SI2: the seal that opens the account's current full key in this way, if there is one. */
export async function currentSeal(
  core: Core,
  directory: Directory,
  account: AccountId,
  use: SealUse
): Promise<KnownSeal | undefined> {
  const key = directory
    .public(account)
    ?.keys.find((candidate) => candidate.state.is === 'current' && candidate.scope === 'full');
  if (!key) return undefined;
  const text = await core.storage.directory.credential(key.id);
  const seal = text && readCredential(text, account, key)?.seals.find((candidate) => candidate.for === use);
  return seal ? { account, key, seal } : undefined;
}

/** What a device may keep of it: enough to open the key, not what the relay compares. */
export async function heldCredential(
  core: Core,
  directory: Directory,
  { account, key, seal }: KnownSeal
): Promise<HeldCredential | undefined> {
  const known = directory.public(account);
  const username = directory.private(account)?.username;
  if (!known || username === undefined) return undefined;
  const { salt, cost, iv, sealed } = seal;
  return {
    ...{ account, username, home: known.home, salt, cost, iv, sealed },
    display: (await displayOf(core, directory, account)) ?? username,
    key: key.id,
    publicKey: key.publicKey,
    scope: key.scope
  };
}

/** Under which name the account stands in its home TwinSpace, else in another. */
export async function displayOf(
  core: Core,
  directory: Directory,
  account: AccountId
): Promise<string | undefined> {
  const home = directory.public(account)?.home;
  for (const id of [...(home ? [home] : []), ...directory.spaces(account)]) {
    const member = (await core.truth.space(id))?.state.members.members.get(account);
    if (member) return member.display;
  }
  return undefined;
}
