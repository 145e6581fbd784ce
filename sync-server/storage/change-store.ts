import type { CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId, DeviceId, KeyId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import type { DirectoryPut } from '#lib/domain/puts.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type { InvitationLink, LetInEnd, NewActivity, NewDevice } from './records.ts';
import type { NewOffer } from './tablet-store.ts';

/** What is known of a change that has its final verdict. */
export interface Settled {
  /** SHA-256 of the exact header. */
  readonly fingerprint: string;
  readonly verdict: Verdict;
  /** Of the link with which it came, if it was accepted with one. */
  readonly secretHash?: SecretHash;
}

/** GA17: what an id is settled for: its author in its TwinSpace. The same id of anybody else is another change. */
export interface ChangeKey {
  readonly id: ChangeId;
  readonly space: SpaceId;
  readonly actor: AccountId;
}

/** GA18: what one account has had kept on one day. */
export interface Kept {
  readonly changes: number;
  /** Of headers, payloads and signatures, in UTF-8. */
  readonly bytes: number;
  readonly refusals: number;
}

/** Everything that an accepted change comes to beside its documents. */
export interface AcceptedWrite {
  readonly change: Omit<LoggedChange, 'seq'>;
  /** AD4: the change that it takes over, and whose it is. */
  readonly takesOver?: { readonly change: ChangeId; readonly actor: AccountId };
  readonly settled: Settled;
  readonly directory: readonly DirectoryPut[];
  readonly credential?: {
    readonly account: AccountId;
    readonly key: KeyId;
    readonly scope: string;
    readonly text: string;
  };
  /** Keys that are current no more: their sealed halves go. */
  readonly endedKeys?: readonly KeyId[];
  readonly invitations: readonly InvitationLink[];
  /** Accounts let in on devices that are known, or whose sealed key is only there (`held`). */
  readonly letIn: readonly {
    readonly device: DeviceId;
    readonly account: AccountId;
    readonly held?: boolean;
  }[];
  /** A device that is enrolled by this change. */
  readonly enrol?: NewDevice;
  /** TB3: tablets may ask from now on. */
  readonly offer?: NewOffer;
  /** TB4: tablets that wait no longer. */
  readonly admitted?: readonly DeviceId[];
  /** TB6: tablets that are to hold other groups: whoever signed in there before is let in no longer by that. */
  readonly rescoped?: readonly DeviceId[];
  /** SI12, SI14: let in there no longer. Written before `letIn`. */
  readonly shutOut?: readonly LetInEnd[];
  /** TB7 */
  readonly revoked?: readonly DeviceId[];
  /** What the activity log says of it; absent for what it does not keep. */
  readonly activity?: NewActivity;
}

/** The log of changes. */
export interface ChangeStore {
  /**
   * @param fingerprint of a change that may have been refused before it was kept whose it was: then only the very same
   *   change is found
   */
  settled(key: ChangeKey, fingerprint?: string): Promise<Settled | undefined>;
  /** GA9: what became of the changes with this id in this TwinSpace, whoever made them. */
  verdicts(space: SpaceId, id: ChangeId): Promise<readonly Verdict[]>;
  /** AD4: whether this change was taken over by an accepted one. */
  isTakenOver(key: ChangeKey): Promise<boolean>;
  /**
   * All of it at once. Rejects when the id is settled already for its author, and
   * when it takes over what another one took over. GA19: an earlier draft of the same place loses its payload.
   */
  accept(write: AcceptedWrite): Promise<void>;
  /** Keeps the verdict, not the payload. Rejects when the id is settled already for its author. */
  refuse(key: ChangeKey, settled: Settled, received: CalendarDate, activity?: NewActivity): Promise<void>;
  /** Accepted changes after this sequence number, oldest first; at most so many. */
  after(seq: number, most: number): Promise<readonly LoggedChange[]>;
  /** GA18: what was kept of an account on a day, each change as large as it came. */
  keptOn(actor: AccountId, day: CalendarDate): Promise<Kept>;
  /** GA20: forgets refusals, sign-ins that were recorded, and what was kept on a day, of before this day. */
  prune(before: CalendarDate): Promise<void>;
}

/** What a change is called in the log. */
export type ChangeName = CommandName | 'edit';

export interface LoggedChange extends ChangeKey {
  /** Relay-wide, ascending, without a promise of no gaps. */
  readonly seq: number;
  readonly name: ChangeName;
  /** The device that signed. */
  readonly device: DeviceId;
  /** The device that brought it; absent when it came with a link before there was a device. */
  readonly carrier?: DeviceId;
  readonly header: string;
  /** base64url, as it came; empty once it is pruned. */
  readonly payload: string;
  readonly signature: string;
  readonly received: CalendarDate;
}
