import { Dexie, type EntityTable, type Table } from 'dexie';
import type { KeyScope } from '#lib/domain/account.ts';
import type { Note, CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId, DeviceId, KeyId, SessionId, SpaceId } from '#lib/domain/ids.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import type { FoundPupil } from '#lib/protocol/messages.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';

/** A change that waits on this device until the relay has accepted it and the confirmed document contains it (OB1). */
export interface OutboxRow {
  /** The order in which changes were made on this device; they are sent in it. */
  readonly seq: number;
  readonly id: ChangeId;
  readonly space: SpaceId;
  readonly actor: AccountId;
  readonly name: CommandName;
  readonly signed: SignedChange;
  /** Instant (ISO 8601) since when it waits; stays on this device and goes with the row (G8). */
  readonly since: string;
  readonly state:
    | { readonly is: 'waiting' }
    | { readonly is: 'retry'; readonly code: string }
    | { readonly is: 'accepted'; readonly version: number };
}

/** A change that the relay refused; stays under its author until it is dealt with (TR1). */
export interface TrayRow {
  readonly id: ChangeId;
  readonly space: SpaceId;
  readonly actor: AccountId;
  readonly name: CommandName;
  readonly signed: SignedChange;
  readonly refusal: Refusal;
  /** The day of the refusal. */
  readonly on: CalendarDate;
}

/** A change that has arrived; kept 30 days so that a person can see what was done here. */
export interface SettledRow {
  readonly id: ChangeId;
  readonly space: SpaceId;
  readonly actor: AccountId;
  readonly name: CommandName;
  readonly on: CalendarDate;
  readonly payload: string;
  readonly notes: readonly Note[];
}

/** A sealed key that can be opened on this device, with its password (architecture: people). */
export interface CredentialRow {
  readonly account: AccountId;
  readonly username: string;
  /** UN6, of the username and of names that the account had on this device before (UN5). */
  readonly nameKeys: readonly string[];
  readonly display: string;
  readonly home: SpaceId;
  readonly key: KeyId;
  readonly publicKey: string;
  readonly scope: KeyScope;
  readonly salt: string;
  readonly cost: number;
  readonly iv: string;
  readonly sealed: string;
  /** The last day on which it opens without the relay having been seen (SE4). */
  readonly lease: CalendarDate;
  /** The change that brings this key to the relay, until a report of the relay knows the key. */
  readonly broughtBy?: ChangeId;
}

/** A person at work in one tab. The key cannot be exported; the row goes with the session (SE1). */
export interface SessionRow {
  readonly id: SessionId;
  readonly account: AccountId;
  readonly username: string;
  readonly display: string;
  readonly home: SpaceId;
  readonly key: KeyId;
  readonly scope: KeyScope;
  readonly signing: CryptoKey;
}

/** What a device keeps of a document: one merged Yjs V1 update, and what came since. */
export interface DocumentRow {
  readonly room: string;
  readonly update: Uint8Array;
}
export interface UpdateRow {
  readonly seq: number;
  readonly room: string;
  readonly update: Uint8Array;
}

/** What the relay said of this device at the last contact. */
export interface DeviceRow {
  readonly name: 'device';
  /** Made here; the relay enrols it under this id. */
  readonly id: DeviceId;
  readonly enrolment:
    | { readonly is: 'new' }
    | {
        readonly is: 'enrolled';
        readonly kind: 'personal' | 'classroom';
        readonly owner: AccountId;
        readonly accounts: readonly AccountId[];
        readonly rooms: readonly string[];
      }
    | { readonly is: 'revoked' };
  /** The furthest day seen on the relay: a clock that was turned back gains nothing (SE4). */
  readonly furthest?: CalendarDate;
}

/** HA2: a pupil said here that the password is forgotten. */
export interface HandRow {
  /** The account's id where it is known here, else the username as it was typed. */
  readonly who: string;
  /** As the teacher on this device reads it. */
  readonly display: string;
  readonly on: CalendarDate;
  /** The relay has been told. */
  readonly sent: boolean;
}

/** JO8: a pupil of another TwinSpace whom somebody found by the username, until documents tell of them. */
export interface FoundRow extends FoundPupil {
  readonly on: CalendarDate;
}

/** What a person likes on this device. */
export interface PreferenceRow {
  readonly account: AccountId;
  readonly locale?: string;
  /** By TwinSpace, the day of the last sign-in that was recorded here, so that one day makes one change (SE5). */
  readonly accessOn?: Readonly<Record<SpaceId, CalendarDate>>;
}

/** The tablet's database. One per browser profile; every table is described by its row. */
export class Database extends Dexie {
  declare readonly device: Table<DeviceRow, 'device'>;
  declare readonly outbox: EntityTable<OutboxRow, 'seq'>;
  declare readonly tray: Table<TrayRow, ChangeId>;
  declare readonly settled: Table<SettledRow, ChangeId>;
  declare readonly credentials: Table<CredentialRow, AccountId>;
  declare readonly sessions: Table<SessionRow, SessionId>;
  declare readonly documents: Table<DocumentRow, string>;
  declare readonly updates: EntityTable<UpdateRow, 'seq'>;
  declare readonly preferences: Table<PreferenceRow, AccountId>;
  declare readonly hands: Table<HandRow, string>;
  declare readonly found: Table<FoundRow, AccountId>;

  constructor(name = 'twinspace') {
    super(name);
    this.version(1).stores({
      device: 'name',
      outbox: '++seq, &id, actor',
      tray: 'id, actor',
      settled: 'id, actor, on',
      credentials: 'account, *nameKeys',
      sessions: 'id, account',
      documents: 'room',
      updates: '++seq, room',
      preferences: 'account'
    });
    this.version(2).stores({ hands: 'who', found: 'account' });
  }
}
