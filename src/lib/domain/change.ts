import type { CalendarDate } from './dates.ts';
import type { AccountId, ChangeId, DeviceId, KeyId, SecretHash, SessionId, SpaceId } from './ids.ts';
import type { CommandArgs, CommandName } from './commands/command.ts';

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
  /** The day on the tablet when it was made. */
  readonly at: CalendarDate;
  readonly name: Name;
  readonly args: CommandArgs[Name];
  /** Of the secret that came beside the change (founding, invitation, recovery); it is never part of it. */
  readonly secretHash?: SecretHash;
}
