import type { CalendarDate } from '#lib/domain/dates.ts';
import type { KeyId } from '#lib/domain/ids.ts';
import type { TabletReport } from '#lib/protocol/tablets.ts';
import type { CredentialRow, Database, DeviceRow, SessionRow } from '#lib/store/database.ts';
import type { RelayClient } from '#lib/sync/relay-client.ts';
import type { Contact } from './contact.svelte.ts';
import type { EndReason } from './end-reason.ts';
import type { KnownAccount } from './people-here.ts';
import type { StorageCare } from './storage-care.svelte.ts';

/** Somebody at work in this tab. */
export type Session = SessionRow;

/** What the parts of a session know of the tab that they are in: its device, the relay, who is at work. `App` is one. */
export interface Tab {
  readonly db: Database;
  readonly relay: RelayClient;
  readonly contact: Contact;
  readonly care: StorageCare;
  /** The device as the store knows it; only once ready. */
  readonly deviceRow: DeviceRow;
  readonly device: DeviceRow['enrolment'];
  /** This is a classroom tablet, also while it waits for a yes. */
  readonly classroom: boolean;
  /** What this classroom tablet was told of itself. */
  readonly tablet: TabletReport | undefined;
  /** Whether the relay can be reached, as far as known. */
  readonly online: boolean;
  /** Device and session have been read. */
  readonly ready: boolean;
  readonly session: Session | undefined;
  /** The sealed keys that lie here. */
  readonly keys: readonly CredentialRow[];
  /** Who can sign in here without a network. */
  readonly known: readonly KnownAccount[];
  /** The day here (SE4). */
  today(): CalendarDate;
  /** Begins a session with an opened key. */
  begin(session: Omit<Session, 'id'>): Promise<Session>;
  /** MY3: the same session goes on with another key of the same person. */
  goOnWith(key: KeyId, signing: CryptoKey): Promise<void>;
  /** Ends the session: its key is forgotten, what waits goes on waiting (SE1). */
  signOut(why?: EndReason): Promise<void>;
  /** Done before a session ends whose key still counts, until the answer is called. */
  beforeEnd(run: () => Promise<void>): () => void;
  /** Gives this device another id. */
  renewDevice(): Promise<void>;
  /** What is stored of the device was changed at once as a whole. */
  reread(): Promise<void>;
}
