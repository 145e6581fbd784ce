import { Dexie, type EntityTable, type Table } from 'dexie';
import type { KeyScope } from '#lib/domain/account.ts';
import type { ChangeName } from '#lib/domain/change.ts';
import type { Note } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId, DeviceId, KeyId, PageId, SessionId, SpaceId } from '#lib/domain/ids.ts';
import type { DraftPlace } from '#lib/domain/records.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import type { FoundPupil } from '#lib/protocol/messages.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { TabletReport } from '#lib/protocol/tablets.ts';
import type { DeviceFiles } from './device-files.ts';
import type { AttemptsRow, LessonRow, TurnRow } from './door-rows.ts';
import type { DrawingRow, MediaFileRow, PieceRow } from './media-rows.ts';
import { reopening } from './reopening.ts';
import type { SeenRow } from './seen-row.ts';
import type { UnsentPlace, UnsentRow } from './unsent-row.ts';
import { keysByKey } from './upgrade.ts';

/** A change that waits on this device until the relay has accepted it and the confirmed document contains it (OB1). */
export interface OutboxRow {
  /** The order in which changes were made on this device; they are sent in it. */
  readonly seq: number;
  readonly id: ChangeId;
  readonly space: SpaceId;
  readonly actor: AccountId;
  readonly name: ChangeName;
  /** Of an edit: in which page. */
  readonly page?: PageId;
  readonly signed: SignedChange;
  /** Instant (ISO 8601) since when it waits; stays on this device and goes with the row (G8). */
  readonly since: string;
  /**
   * It has never left this device, neither to the relay nor in a file, so that a newer one may take its place (DR3).
   * Absent or false: a copy may be anywhere.
   */
  readonly onlyHere?: boolean;
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
  readonly name: ChangeName;
  readonly page?: PageId;
  readonly signed: SignedChange;
  readonly refusal: Refusal;
  /** WR6: of an edit that was done anew: what it wrote that has no place in the page any more. */
  readonly left?: string;
  /** The day of the refusal. */
  readonly on: CalendarDate;
}

/**
 * A change that has arrived; kept 30 days so that a person can see what was done here. Of what somebody wrote in a page
 * on one day only the last, and nothing of what it says.
 */
export interface SettledRow {
  readonly id: ChangeId;
  readonly space: SpaceId;
  readonly actor: AccountId;
  readonly name: ChangeName;
  readonly page?: PageId;
  readonly on: CalendarDate;
  readonly payload: string;
  readonly notes: readonly Note[];
}

/**
 * A sealed key that can be opened on this device (architecture: people). An account may have two: a pupil one that a
 * password opens and one that pictures open (KE11).
 */
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
  /** What opens it. */
  readonly by: 'password' | 'pictures';
  readonly salt: string;
  readonly cost: number;
  readonly iv: string;
  readonly sealed: string;
  /** The change that brings this key to the relay, until a report of the relay knows the key. */
  readonly broughtBy?: ChangeId;
}

/**
 * A person at work in one tab. The key cannot be exported; the row goes with the session (SE1). On a classroom tablet it
 * is never written down (LK1).
 */
export interface SessionRow {
  readonly id: SessionId;
  readonly account: AccountId;
  readonly username: string;
  readonly display: string;
  readonly home: SpaceId;
  readonly key: KeyId;
  readonly scope: KeyScope;
  /** What opened the key; absent in a session from before there were pictures. */
  readonly by?: 'password' | 'pictures';
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

/** WR1: what was typed in a page and is not signed yet; in order the typing of one clientID in one page. */
export interface WritingRow {
  readonly seq: number;
  readonly space: SpaceId;
  readonly page: PageId;
  /** The Yjs clientID under which it was typed. */
  readonly client: number;
  readonly account: AccountId;
  readonly update: Uint8Array<ArrayBuffer>;
}

/** WR4: a page's text that this device holds: as far as the relay had told that it had moved when it was asked for. */
export interface HeldPageRow {
  readonly room: string;
  readonly moved: number;
  /** PG11: whose the clientIDs in it are, as far as the relay has told this device. */
  writers?: readonly PageWriter[];
}

/** PG11: under which clientID somebody has written in a page. */
export interface PageWriter {
  readonly client: number;
  readonly account: AccountId;
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
        /** TB8: what the owner of a personal device has said of it. */
        readonly name?: string;
        readonly pupils?: true;
        /** What a classroom tablet is told of itself. */
        readonly tablet?: TabletReport;
      }
    | { readonly is: 'revoked' };
  /** SE4: the furthest day seen, by this device's clock or on the relay; a contact sets it to the relay's. */
  readonly seen?: CalendarDate;
  /** SE4: so many days this device's clock is ahead of the day that counts; negative: behind. */
  readonly ahead?: number;
  /** SE4: the last day on which sealed keys open without the relay having been seen. */
  readonly lease?: CalendarDate;
  /** OP12: under which people open the app; absent: as this browser shows it. */
  readonly address?: string;
  /** SI10: what the relay called the sealed keys that are held here; empty: they have changed since, ask for all. */
  readonly credentialsTag?: string;
  /** SE9: accounts in their own custody that were at work here. */
  readonly adults?: readonly AccountId[];
  /** MT6, MT9: what somebody chose for the files here. */
  readonly files?: DeviceFiles;
}

/** DR1: a text that somebody has begun on this device, or elsewhere. */
export interface DraftRow {
  readonly account: AccountId;
  readonly space: SpaceId;
  readonly place: DraftPlace;
  readonly text: string;
  readonly on: CalendarDate;
  /** The text that the relay has, or that is on its way to it; absent: it knows of none. */
  readonly parked?: string;
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
  /** WN2: by TwinSpace, what they have seen of it here. */
  readonly seen?: Readonly<Record<SpaceId, SeenRow>>;
}

/** The tablet's database. One per browser profile; every table is described by its row. */
export class Database extends Dexie {
  declare readonly device: Table<DeviceRow, 'device'>;
  declare readonly outbox: EntityTable<OutboxRow, 'seq'>;
  declare readonly tray: Table<TrayRow, ChangeId>;
  declare readonly settled: Table<SettledRow, ChangeId>;
  declare readonly keys: Table<CredentialRow, KeyId>;
  declare readonly sessions: Table<SessionRow, SessionId>;
  declare readonly documents: Table<DocumentRow, string>;
  declare readonly updates: EntityTable<UpdateRow, 'seq'>;
  declare readonly preferences: Table<PreferenceRow, AccountId>;
  declare readonly hands: Table<HandRow, string>;
  declare readonly found: Table<FoundRow, AccountId>;
  declare readonly drafts: Table<DraftRow, [AccountId, SpaceId, DraftPlace]>;
  declare readonly attempts: Table<AttemptsRow, AccountId>;
  declare readonly lesson: Table<LessonRow, 'lesson'>;
  declare readonly turn: Table<TurnRow, 'turn'>;
  declare readonly writings: EntityTable<WritingRow, 'seq'>;
  declare readonly heldPages: Table<HeldPageRow, string>;
  declare readonly mediaFiles: Table<MediaFileRow, string>;
  declare readonly pieces: Table<PieceRow, [string, number]>;
  declare readonly drawings: Table<DrawingRow, [AccountId, PageId]>;
  declare readonly unsent: Table<UnsentRow, [AccountId, UnsentPlace]>;

  constructor(name = 'twinspace') {
    super(name);
    this.use(reopening(this));
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
    this.version(3)
      .stores({
        keys: 'key, account, *nameKeys',
        credentials: null,
        drafts: '[account+space+place], account',
        attempts: 'account',
        lesson: 'id',
        turn: 'id'
      })
      .upgrade(keysByKey);
    this.version(4).stores({
      outbox: '++seq, &id, actor, page',
      settled: 'id, actor, on, page',
      writings: '++seq, account, page',
      heldPages: 'room'
    });
    this.version(5).stores({ mediaFiles: 'id, media, state, account, change', pieces: '[file+index], file' });
    this.version(6).stores({ drawings: '[account+page], account' });
    this.version(7).stores({ unsent: '[account+place], account' });
    // What waits is counted and found at each step: not by looking at every row.
    this.version(8).stores({ outbox: '++seq, &id, actor, page, name, state.is' });
    // The same of files: small ones are sent first.
    this.version(9).stores({ mediaFiles: 'id, media, state, account, change, [state+bytes]' });
  }
}
