import type { AccountId, GroupId } from '#lib/domain/ids.ts';
import type { Role } from '#lib/domain/roles.ts';

/** A member as the screens show one. What the person may not see is absent. */
export interface ShownMember {
  readonly account: AccountId;
  readonly display: string;
  readonly role: Role;
  readonly me: boolean;
  readonly mark: 'sent' | 'waiting' | 'refused';
  readonly username?: string;
  readonly given?: string;
  readonly family?: string;
  readonly school?: string;
  /** A day, never a time (G8). */
  readonly lastAccess?: string;
  readonly joined?: string;
  readonly invitedBy?: { readonly display: string; readonly me: boolean };
  readonly removedOn?: string;
  /** JO6: it cannot be restored here. */
  readonly endedByHome: boolean;
  /** Whose yes is waited for; empty where that is not known (JO3). */
  readonly waitingFor?: string;
  /** The day on which the account is erased (ER2). */
  readonly eraseOn?: string;
  readonly groups: readonly { readonly id: GroupId; readonly name: string }[];
  /** Where an adult can be reached (ME9). */
  readonly contact?: string;
  /** What the member tells of themselves (ME10). */
  readonly profile?: string;
  /** Nobody else has any power over the account. */
  readonly adult: boolean;
  readonly homeHere: boolean;
  /** Of a pupil: the teacher to turn to. */
  readonly custodian?: {
    readonly account: AccountId;
    readonly display: string;
    readonly active: boolean;
    readonly me: boolean;
  };
  readonly ownPupil: boolean;
  readonly waitingOwnPassword: boolean;
}
