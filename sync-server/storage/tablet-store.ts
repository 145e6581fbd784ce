import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, DeviceId, OfferId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import type { DirectoryPut } from '#lib/domain/puts.ts';
import type { DocumentUpdate, NewActivity, StoredDevice } from './records.ts';

/** An offer to let classroom tablets ask (TB3), as the change that made it comes to. */
export interface NewOffer {
  readonly offer: OfferId;
  readonly secretHash: SecretHash;
  readonly codeHash: SecretHash;
  readonly space: SpaceId;
  readonly by: AccountId;
  /** So many tablets may ask. */
  readonly count: number;
  /** The first instant at which it no longer counts, in milliseconds since 1970. */
  readonly expires: number;
}

/** An offer as it stands. */
export interface StoredOffer extends NewOffer {
  /** So many tablets have asked. */
  readonly used: number;
}

/** How a tablet says which offer it means: by the hash of the QR code's secret, or of the short code. */
export type OfferHash = { readonly secretHash: SecretHash } | { readonly codeHash: SecretHash };

/** A tablet that asks, and what goes with it. */
export interface TabletAsk {
  readonly id: DeviceId;
  /** As it calls itself. */
  readonly name: string;
  readonly offer: StoredOffer;
  /** SHA-256 of the cookie's secret. */
  readonly cookieHash: string;
  readonly created: CalendarDate;
  /** What this browser was enrolled as before: it can never come again. */
  readonly revoke?: DeviceId;
  /** What that says in the documents, in the directory and in the activity log (LO9). */
  readonly updates: readonly DocumentUpdate[];
  readonly directory: readonly DirectoryPut[];
  readonly activity?: NewActivity;
}

/** Offers, and the classroom tablets of TwinSpaces. */
export interface TabletStore {
  /** The offer with this hash, whether or not it still counts. */
  offer(hash: OfferHash): Promise<StoredOffer | undefined>;
  /** Whether the id or one of the hashes of an offer is taken. */
  isTaken(offer: Pick<NewOffer, 'offer' | 'secretHash' | 'codeHash'>): Promise<boolean>;
  /** How many offers of this person there still let tablets ask at this instant. */
  openOffers(space: SpaceId, by: AccountId, instant: number): Promise<number>;
  /**
   * Enrols a tablet that waits for a yes and uses its offer once. Nobody is let in there. Rejects when the id is taken,
   * and when the offer lets no more ask.
   */
  ask(ask: TabletAsk): Promise<void>;
  /** The classroom tablets of these TwinSpaces, waiting and revoked ones too, in the order of their ids. */
  of(spaces: readonly SpaceId[]): Promise<readonly StoredDevice[]>;
  /** Sealed keys of these accounts are given to the device, which does not let them in by that. */
  hold(device: DeviceId, accounts: readonly AccountId[]): Promise<void>;
  /** Forgets tablets that asked before this day and still wait, and offers that had ended at this instant. */
  prune(before: CalendarDate, instant: number): Promise<void>;
}
