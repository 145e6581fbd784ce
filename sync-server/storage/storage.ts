import type { CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, DeviceId, KeyId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import type { DocumentName } from '#lib/domain/may-read.ts';
import type { DirectoryPut } from '#lib/domain/puts.ts';
import type { DeviceStatus } from '#lib/protocol/tablets.ts';
import type { ChangeStore } from './change-store.ts';
import type {
  DocumentUpdate,
  InvitationLink,
  LetInEnd,
  NewActivity,
  NewDevice,
  StoredDevice
} from './records.ts';
import type { PageIn, PageStore } from './page-store.ts';
import type { TabletStore } from './tablet-store.ts';
import type { VisitStore } from './visit-store.ts';

/**
 * Where the relay keeps everything (ST1). One contract suite (`test/relay/storage-contract.ts`) holds for every
 * implementation. Each method is one durable transaction: when its promise resolves, what it wrote survives the
 * machine's power; when it rejects, nothing of it is there. Rejections carry whatever the database said as `cause`.
 */
export interface Storage {
  readonly meta: MetaStore;
  readonly directory: DirectoryStore;
  readonly documents: DocumentStore;
  readonly changes: ChangeStore;
  readonly devices: DeviceStore;
  readonly tablets: TabletStore;
  readonly pages: PageStore;
  readonly visits: VisitStore;
  readonly activity: ActivityStore;
  readonly erasures: ErasureStore;
  /**
   * Does the work in one durable transaction: within it everything written so far is seen, outside nothing of it before
   * the end. Whoever asks outside meanwhile may have to wait for the end, so the work waits for nobody outside. When
   * the work rejects, or the commit does, nothing of it is there.
   */
  together<Answer>(work: (within: Within) => Promise<Answer>): Promise<Answer>;
  /** Writes out what is still in a log beside the database and lets the database go. */
  close(): Promise<void>;
}

/** What the work of one transaction is done with. */
export type Within = Pick<Storage, 'changes' | 'documents' | 'pages' | 'visits' | 'devices' | 'tablets'>;

/** Single values of the relay itself. */
export interface MetaStore {
  get(key: MetaKey): Promise<string | undefined>;
  set(key: MetaKey, value: string): Promise<void>;
}

/**
 * `fake-salts`: the secret behind the salts of names that nobody has; `setup`: the hash of the set-up link;
 * `public-address`: what an administrator said that people open (OP12); `visit-passes`: the secret behind the passes of
 * visitors (VS1).
 */
export type MetaKey = 'fake-salts' | 'setup' | 'public-address' | 'visit-passes';

/** The directory and what is secret about accounts. */
export interface DirectoryStore {
  /** All of it, in no order. */
  all(): Promise<readonly DirectoryPut[]>;
  /** Writes links of the technician's; whatever belongs to a change is written with it (`changes.accept`). */
  put(puts: readonly DirectoryPut[]): Promise<void>;
  /** The exact text of the sealed key that came with this key; only the newest of an account and scope is kept. */
  credential(key: KeyId): Promise<string | undefined>;
  /** The same of many keys, in a few questions however many they are; those of which nothing is kept are missing. */
  credentials(keys: readonly KeyId[]): Promise<ReadonlyMap<KeyId, string>>;
  /** Which invitation a link's secret belongs to, whatever became of it. */
  invitation(secret: SecretHash): Promise<InvitationLink | undefined>;
}

/** The Yjs documents as updates, in order. */
export interface DocumentStore {
  /** Whether any TwinSpace has been founded here. */
  any(): Promise<boolean>;
  load(space: SpaceId, document: DocumentName): Promise<StoredDocument | undefined>;
  /** Puts one update in the place of all of this generation. */
  compact(space: SpaceId, document: DocumentName, update: Uint8Array): Promise<void>;
  /** Writes updates that no change brings; all or none. */
  append(updates: readonly DocumentUpdate[]): Promise<void>;
  /** Begins the generation with this one update and forgets the one before. */
  rebuild(space: SpaceId, document: DocumentName, generation: number, update: Uint8Array): Promise<void>;
}

export interface StoredDocument {
  readonly generation: number;
  readonly updates: readonly Uint8Array[];
}

/** An entry in the order of the relay. */
export interface ActivityRow extends NewActivity {
  /** Relay-wide, ascending, without a promise of no gaps. */
  readonly seq: number;
  /** LO10: so many refusals of one kind stand in this one entry. */
  readonly count: number;
}

/** Which entries are asked for; what is left out does not narrow. */
export interface ActivityWanted {
  readonly space: SpaceId;
  /** Only those with a smaller sequence number. */
  readonly before?: number | undefined;
  readonly most: number;
  /** Who did it, or to whom it was done. */
  readonly account?: AccountId | undefined;
  readonly names?: readonly CommandName[] | undefined;
  readonly refusedOnly?: boolean;
}

/** The activity log (LO1). */
export interface ActivityStore {
  /** Newest first. */
  page(wanted: ActivityWanted): Promise<readonly ActivityRow[]>;
  /** Forgets what was received before this day. */
  prune(before: CalendarDate): Promise<void>;
}

/** What an erasure comes to, written at once (ER5). */
export interface ErasureWrite {
  readonly account: AccountId;
  /** The documents of every TwinSpace of the account, built anew without it: their history goes too. */
  readonly documents: readonly DocumentUpdate[];
  readonly directory: readonly DirectoryPut[];
  /** The changes whose payloads go, and the notes of their verdicts: sequence numbers (ER10). */
  readonly changes: readonly number[];
  /** Devices that must confirm (ER7). */
  readonly devices: readonly DeviceId[];
  /** What visitors see under another title from now on (ON8). */
  readonly shown: readonly RetitledPage[];
}

/** A page that visitors see, and how it is called. */
export interface RetitledPage extends PageIn {
  readonly title: string;
}

/** Whether a device has confirmed an erasure. */
export interface ErasureReceipt {
  readonly device: DeviceId;
  readonly confirmed?: CalendarDate;
}

/** Erased accounts and who has confirmed. */
export interface ErasureStore {
  /** Erases: documents, directory, sealed keys, payloads of changes. What is left of a change is its envelope. */
  erase(write: ErasureWrite): Promise<void>;
  /** The accounts that this device has still to erase. */
  pending(device: DeviceId): Promise<readonly AccountId[]>;
  confirm(device: DeviceId, accounts: readonly AccountId[], on: CalendarDate): Promise<void>;
  receipts(account: AccountId): Promise<readonly ErasureReceipt[]>;
}

export interface DeviceStore {
  byCookie(cookieHash: string): Promise<StoredDevice | undefined>;
  /** Those of them that exist, in no order. */
  some(ids: readonly DeviceId[]): Promise<readonly StoredDevice[]>;
  /** Rejects when the id is taken. */
  enrol(device: NewDevice): Promise<void>;
  letIn(device: DeviceId, account: AccountId): Promise<void>;
  /** SI17: lets these in no longer; that their keys were there stays known. */
  shutOut(ended: readonly LetInEnd[]): Promise<void>;
  /** Those that let this account in, revoked ones too, the last contact first; at most so many. Held keys do not count. */
  of(account: AccountId, most: number): Promise<readonly StoredDevice[]>;
  /** Those that let any of these accounts in or hold a key of one, not revoked. */
  serving(accounts: readonly AccountId[]): Promise<readonly StoredDevice[]>;
  /** Notes what it says of itself. */
  status(device: DeviceId, status: DeviceStatus): Promise<void>;
  /** Notes a contact with the device's own cookie. */
  contact(device: DeviceId, on: CalendarDate): Promise<void>;
  /** Gives an unconfirmed device another cookie, because the answer with the first was lost. */
  reissue(device: DeviceId, cookieHash: string): Promise<void>;
  revoke(device: DeviceId): Promise<void>;
}
