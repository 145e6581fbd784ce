import type { NewAccount, NewKey } from '../account.ts';
import type { Change } from '../change.ts';
import type { CalendarDate } from '../dates.ts';
import type { Directory } from '../directory.ts';
import type { Actor } from '../effective-role.ts';
import type { AccountId, ChangeId, InvitationId, SecretHash } from '../ids.ts';
import type { Put } from '../puts.ts';
import type { Refusal } from '../refusals.ts';
import type { Role } from '../roles.ts';
import type { SpaceState } from '../state.ts';

/** Why an account gets another key (KE4–KE6). */
export type KeyReason = 'forgotten' | 'someone-knows' | 'own' | 'recovery';

/** The arguments of every command. JSON, read by a schema at the edge (protocol/command-schemas.ts). */
export interface CommandArgs {
  'space.found': { readonly name: string; readonly account?: NewAccount; readonly display?: string };
  'founding.offer': { readonly secretHash: SecretHash; readonly expires: CalendarDate };
  'invitation.create': {
    readonly invitation: InvitationId;
    readonly role: 'teacher' | 'teacher-admin';
    readonly label: string;
    readonly secretHash: SecretHash;
    readonly expires: CalendarDate;
  };
  'invitation.revoke': { readonly invitation: InvitationId };
  'invitation.accept': {
    readonly invitation: InvitationId;
    readonly account?: NewAccount;
    readonly display?: string;
  };
  'pupil.add': { readonly account: NewAccount; readonly role: 'pupil' | 'pupil-admin' };
  'member.role': {
    readonly member: AccountId;
    readonly role: Role;
    /** The username, typed out: asked for when a pupil becomes an adult here (ME3). */
    readonly typed?: string;
  };
  'member.display': { readonly member: AccountId; readonly display: string };
  'member.remove': { readonly member: AccountId };
  'member.restore': { readonly member: AccountId };
  'access.record': { readonly on: CalendarDate };
  'key.set': { readonly account: AccountId; readonly key: NewKey; readonly reason: KeyReason };
  'key.recover': { readonly account: AccountId; readonly key: NewKey };
  'account.rename': {
    readonly account: AccountId;
    readonly given: string;
    readonly family: string;
    readonly school: string;
    readonly username?: string;
  };
  'notice.dismiss': { readonly notice: ChangeId };
}

export type CommandName = keyof CommandArgs;

/** What a verdict tells the tablet beside yes. */
export interface Note {
  readonly code: 'renumbered';
  readonly account: AccountId;
  readonly from: string;
  readonly to: string;
}

/** What an accepted command comes to. */
export interface Outcome {
  readonly puts: readonly Put[];
  readonly notes: readonly Note[];
}

/** On what a command is judged. */
export interface Ground {
  readonly state: SpaceState;
  readonly directory: Directory;
  /** The relay's receipt date, stored with the change, so that folding again agrees; on a tablet its own date. */
  readonly now: CalendarDate;
}

/** A command of somebody who is a member already. */
export interface MemberCommand<Name extends CommandName> {
  readonly by: 'member';
  /** KE4: not to be done with a former key (roles, credentials, invitations, devices, settings). */
  readonly sensitive: boolean;
  readonly judge: (ground: Ground, change: Change<Name>, actor: Actor) => Outcome | Refusal;
}

/** A command of somebody who shows a secret instead: founding, accepting an invitation. */
export interface GuestCommand<Name extends CommandName> {
  readonly by: 'guest';
  readonly judge: (ground: Ground, change: Change<Name>) => Outcome | Refusal;
}

export type Command<Name extends CommandName> = MemberCommand<Name> | GuestCommand<Name>;

/** An outcome without notes. */
export function outcome(...puts: Put[]): Outcome {
  return { puts, notes: [] };
}
