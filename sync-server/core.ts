import type { MediaCeilings } from '#lib/domain/settings.ts';
import type { Clock } from './clock.ts';
import type { Archives } from './archives/archives.ts';
import type { Tombstones } from './erasure/tombstones.ts';
import type { CatchUp } from './gate/catch-up.ts';
import type { Gate } from './gate/gate.ts';
import type { Lock } from './truth/lock.ts';
import type { Truth } from './truth/truth.ts';
import type { AllowedHosts } from './http/allowed-hosts.ts';
import type { ClientAddresses } from './http/client-address.ts';
import type { SignInDelays } from './http/sign-in-delays.ts';
import type { Rates } from './http/rates.ts';
import type { ToldKeys } from './devices/told-keys.ts';
import type { HeldBytes } from './held-bytes.ts';
import type { Log } from './log.ts';
import type { PublicAddress } from './public-address.ts';
import type { MediaStore } from './media/media-store.ts';
import type { Storage } from './storage/storage.ts';
import type { Rooms } from './ws/rooms.ts';

/** The parts of one relay, made once in `relay.ts` and handed to whatever faces outward. */
export interface Core {
  readonly storage: Storage;
  /** The bytes of pictures, films and sounds (MR6). */
  readonly media: MediaStore;
  /** TH7 */
  readonly archives: Archives;
  /** SG6 */
  readonly ceilings: MediaCeilings;
  readonly truth: Truth;
  readonly lock: Lock;
  readonly gate: Gate;
  readonly rooms: Rooms;
  /** RM2: what a reader is missing in a room. */
  readonly catchUp: CatchUp;
  /** HT18: bytes of bodies that carry changes. */
  readonly bodies: HeldBytes;
  /** HT13 */
  readonly addresses: ClientAddresses;
  /** HT14 */
  readonly hosts: AllowedHosts;
  /** OP12 */
  readonly address: PublicAddress;
  /** ER8 */
  readonly tombstones: Tombstones;
  /** SI10 */
  readonly told: ToldKeys;
  readonly clock: Clock;
  readonly log: Log;
  readonly delays: SignInDelays;
  readonly rates: Rates;
  /** The secret behind the salts of names that nobody has (SI3). */
  readonly fakeSalts: string;
  /** VS1: the secret behind the passes of visitors. */
  readonly visitPasses: string;
  /** NW8: by which answers prove to be this relay's. */
  readonly id: string;
  /** What only the command line beside the relay knows (OP7). */
  readonly adminToken: string;
  /** Changes once, when the relay begins to stop. */
  state: { readonly is: 'ready' } | { readonly is: 'stopping' };
}
