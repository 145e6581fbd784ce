import type { AccountId } from '#lib/domain/ids.ts';
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
  readonly ownPupil: boolean;
  readonly waitingOwnPassword: boolean;
}
