import type { PrivateAccount, PublicAccount } from './account.ts';
import type { CalendarDate } from './dates.ts';
import { everyName } from './every-name.ts';
import type { AccountId, DeviceId, KeyId, SecretHash, SpaceId } from './ids.ts';
import type { DeviceFacts, Draft, Erasure } from './records.ts';

/** A link with which an adult may found a TwinSpace; known here only by the hash of its secret. */
export interface Founding {
  /** Absent: made by the technician. */
  readonly by?: AccountId;
  readonly expires: CalendarDate;
  readonly usedFor?: SpaceId;
}

/** A link with which one person chooses a password: an adult who lost theirs, or somebody who was raised (AC10). */
export interface Recovery {
  readonly account: AccountId;
  readonly expires: CalendarDate;
  readonly used: boolean;
  /** AC10: the administrator who hands it to somebody who was raised; absent: the technician made it, for an adult. */
  readonly by?: AccountId;
  /** Another one has taken its place. */
  readonly revoked?: true;
}

/** The maps of the directory. Only the relay has all of it; a tablet knows what its documents tell (AC4). */
export interface DirectoryMaps {
  /** AccountId → PublicAccount */
  readonly public: PublicAccount;
  /** AccountId → PrivateAccount */
  readonly private: PrivateAccount;
  /** AccountId → the TwinSpaces in which it has, or had, a membership */
  readonly spaces: readonly SpaceId[];
  /** AccountId → an erasure that can still be called off */
  readonly erasures: Erasure;
  /** AccountId → the day on which the account was erased; all that is left of it (ER5) */
  readonly erased: CalendarDate;
  /** DeviceId → what was said of a personal device (TB8) */
  readonly devices: DeviceFacts;
  /** `<account>/<space>/<place>` → a draft (DR1) */
  readonly drafts: Draft;
  /** SecretHash → Founding */
  readonly foundings: Founding;
  /** SecretHash → Recovery */
  readonly recoveries: Recovery;
}

export const directoryMaps = everyName<keyof DirectoryMaps>({
  public: true,
  private: true,
  spaces: true,
  erasures: true,
  erased: true,
  devices: true,
  drafts: true,
  foundings: true,
  recoveries: true
});

/** What the rules ask of all accounts on the relay. */
export interface Directory {
  public(account: AccountId): PublicAccount | undefined;
  private(account: AccountId): PrivateAccount | undefined;
  /** The TwinSpaces in which the account has, or had, a membership. */
  spaces(account: AccountId): readonly SpaceId[];
  /** ER2: the erasure that waits for its day. */
  erasure(account: AccountId): Erasure | undefined;
  /** ER5: since when there is no such account any more. */
  erased(account: AccountId): CalendarDate | undefined;
  /** Whose username has this key (UN6). */
  holderOf(nameKey: string): AccountId | undefined;
  /** Whose key this is or was. */
  ownerOf(key: KeyId): AccountId | undefined;
  /** TB8 */
  device(device: DeviceId): DeviceFacts | undefined;
  /** DR1: by `<account>/<space>/<place>`. */
  draft(key: string): Draft | undefined;
  founding(secretHash: SecretHash): Founding | undefined;
  recovery(secretHash: SecretHash): Recovery | undefined;
  /** The links for this account, whatever became of them, by the hashes of their secrets. */
  recoveriesOf(account: AccountId): ReadonlyMap<SecretHash, Recovery>;
}
