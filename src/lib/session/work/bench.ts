import type { Behalf } from '#lib/domain/change.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Device, Standing } from '#lib/domain/device.ts';
import type { AccountId, ChangeId, SpaceId } from '#lib/domain/ids.ts';
import type { DraftPlace } from '#lib/domain/records.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { FoundPupil } from '#lib/protocol/messages.ts';
import type { DraftRow, HandRow } from '#lib/store/database.ts';
import type { Result } from '../device/result.ts';
import type { Session, Tab } from '../device/tab.ts';
import type { View } from './view.ts';
import type { Brought, Wish } from './wish.ts';

/** What the parts of somebody's work know of the whole: who acts, what is in view, how to ask for more. `Work` is one. */
export interface Bench {
  readonly app: Tab;
  readonly session: Session;
  readonly me: { readonly account: AccountId; readonly display: string; readonly username: string };
  /** This device as the rules see it. */
  readonly device: Device;
  /** Who acts here, with which key. */
  readonly standing: Standing;
  readonly today: CalendarDate;
  /** VI1: what the person sees: confirmed documents and, over them, what waits here. */
  readonly view: View;
  /** The TwinSpaces of the person, by name. */
  readonly spaces: readonly { readonly id: SpaceId; readonly memberRole: Role }[];
  /** HA2: hands that were raised on this device. */
  readonly hands: { readonly current: readonly HandRow[] };
  /** LK4: texts that the person has begun. */
  readonly drafts: { ended(space: SpaceId, place: DraftPlace): Promise<DraftRow | undefined> };
  /** The session has ended: nothing more is done in its name. */
  readonly closed: boolean;
  stateOf(space: SpaceId): SpaceState;
  /** MM11: how a member is called there, told from others of the name; nothing: of nobody anything is known. */
  nameOf(space: SpaceId, account: string): string;
  isConfirmed(space: SpaceId): boolean;
  /** OB1: judges a command, signs it, and keeps it on this device. Resolves when it is stored and in view. */
  submit<Name extends CommandName>(
    space: SpaceId,
    name: Name,
    args: CommandArgs[Name],
    brought?: Brought,
    behalf?: Behalf
  ): Promise<Result<ChangeId>>;
  /** The same for many commands in one TwinSpace, in one transaction and with one look at the view. */
  submitMany(space: SpaceId, wishes: readonly Wish[]): Promise<readonly Result<ChangeId>[]>;
  /** JO8: keeps what the relay told of a pupil whom somebody found here, for the rules to judge by. */
  learn(found: FoundPupil): Promise<void>;
  /** SE7: what somebody asked for still goes on: the device does not lock in the middle of it. */
  stillAtWork(): void;
}
