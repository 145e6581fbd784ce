import type { CalendarDate } from './dates.ts';
import type { AccountId, ChangeId, DeviceId, KeyId, SecretHash, SessionId, SpaceId } from './ids.ts';
import type { CommandArgs, CommandName } from './commands/command.ts';

/** A change that its author could not bring to the relay, taken over by somebody else in their own name. */
export interface Behalf {
  readonly change: ChangeId;
  readonly actor: AccountId;
}

/** A person's wish, as the rules see it: the signature has been verified, the payload read. */
export interface Change<Name extends CommandName = CommandName> {
  readonly id: ChangeId;
  readonly space: SpaceId;
  readonly device: DeviceId;
  readonly session: SessionId;
  readonly actor: AccountId;
  readonly key: KeyId;
  /** What must have been accepted before. */
  readonly after: readonly ChangeId[];
  /** GA17: whose each of these is, in the same order; absent: whoever's. */
  readonly afterBy?: readonly AccountId[];
  /** The day on the tablet when it was made. */
  readonly at: CalendarDate;
  readonly name: Name;
  readonly args: CommandArgs[Name];
  /** AD1: whose refused or stranded change the actor takes over. */
  readonly behalf?: Behalf;
  /** Of the secret that came beside the change (founding, invitation, recovery); it is never part of it. */
  readonly secretHash?: SecretHash;
}

/** Whether it is a change with this command. */
export function isOf<Name extends CommandName>(
  change: Pick<Change, 'name' | 'args'>,
  name: Name
): change is Pick<Change<Name>, 'name' | 'args'> {
  return change.name === name;
}
