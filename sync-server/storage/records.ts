import type { CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type { LogDetail } from '#lib/domain/facts.ts';
import type { AccountId, DeviceId, InvitationId, OfferId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import type { DocumentName } from '#lib/domain/may-read.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';
import type { DeviceStatus } from '#lib/protocol/tablets.ts';

/** A link for an invitation, by the hash of its secret. */
export interface InvitationLink {
  readonly secretHash: SecretHash;
  readonly space: SpaceId;
  readonly invitation: InvitationId;
}

/** One update of one document, as a change brings it. Generation 1 begins with its first update. */
export interface DocumentUpdate {
  readonly space: SpaceId;
  readonly document: DocumentName;
  readonly generation: number;
  readonly update: Uint8Array;
}

/** An account that is let in on a device no longer; that its key was there stays known (TB10). */
export interface LetInEnd {
  readonly device: DeviceId;
  readonly account: AccountId;
}

/** An entry of the activity log, written with the change that it tells of. Ids and dates, never a name or a time. */
export interface NewActivity {
  readonly space: SpaceId;
  readonly received: CalendarDate;
  readonly actor: AccountId;
  readonly name: CommandName;
  /** The account, invitation or group that it is about. */
  readonly about?: string;
  readonly detail: LogDetail;
  /** Absent: it was accepted. */
  readonly refused?: RefusalCode;
}

/** A device with its cookie, as it is enrolled. Its owner is let in with it. */
export interface NewDevice {
  readonly id: DeviceId;
  readonly kind: Device['kind'];
  readonly owner: AccountId;
  /** SHA-256 of the cookie's secret. */
  readonly cookieHash: string;
  readonly created: CalendarDate;
}

/** A device as it stands. */
export interface StoredDevice extends Device {
  readonly created: CalendarDate;
  readonly lastContact: CalendarDate;
  /** Of its accounts those that were let in or signed in there; of the others a sealed key is, or was, there (TB5). */
  readonly signedIn: readonly AccountId[];
  /** So many changes waited on it when it last said so. */
  readonly waiting: number;
  /** What it last said of itself. */
  readonly status?: DeviceStatus;
  /** Of a classroom tablet: as it called itself when it asked, with which offer, and whether it still waits (TB4). */
  readonly name?: string;
  readonly offer?: OfferId;
  readonly stage?: 'waiting' | 'active';
  /** It has come with its cookie at least once: the answer that brought the cookie was not lost. */
  readonly confirmed: boolean;
}
