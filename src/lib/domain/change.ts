import type { CalendarDate } from './dates.ts';
import type { AccountId, ChangeId, DeviceId, KeyId, PageId, SecretHash, SessionId, SpaceId } from './ids.ts';
import type { CommandArgs, CommandName } from './commands/command.ts';

/** A change that its author could not bring to the relay, taken over by somebody else in their own name. */
export interface Behalf {
  readonly change: ChangeId;
  readonly actor: AccountId;
}

/** What every change says, whatever is wished. */
export interface Envelope {
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
  /** AD1: whose refused or stranded change the actor takes over. */
  readonly behalf?: Behalf;
}

/** A person's wish, as the rules see it: the signature has been verified, the payload read. */
export interface Change<Name extends CommandName = CommandName> extends Envelope {
  readonly name: Name;
  readonly args: CommandArgs[Name];
  /** Of the secret that came beside the change (founding, invitation, recovery); it is never part of it. */
  readonly secretHash?: SecretHash;
}

/** What somebody has written in a page: an update of its document, which the rules do not look into. */
export interface Edit extends Envelope {
  readonly page: PageId;
}

/** What a change is called where it waits, arrives or is refused: a command by its name, all edits alike. */
export type ChangeName = CommandName | 'page.edit';

/** Whether it is a change with this command. */
export function isOf<Name extends CommandName>(
  change: Pick<Change, 'name' | 'args'>,
  name: Name
): change is Pick<Change<Name>, 'name' | 'args'> {
  return change.name === name;
}
