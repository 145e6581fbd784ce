import type { Directory } from '#lib/domain/directory.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { FoundPupil } from '#lib/protocol/messages.ts';
import type { OutboxRow } from '#lib/store/database.ts';
import { readDevice } from '#lib/store/device.ts';
import { Errand } from '#lib/store/errand.ts';
import type { FollowedPage } from '#lib/sync/followed-page.ts';
import type { Follower } from '#lib/sync/follower.ts';
import { Replica } from '#lib/sync/replica.ts';
import { socketsAddress } from '#lib/sync/sockets-address.ts';
import { settleContained } from '../device/settle-contained.ts';
import { accountsHere } from '../device/this-device.ts';
import type { Tab } from '../device/tab.ts';

/** Whom the documents tell. */
export interface DocumentsHeard {
  /** One of them has changed. */
  readonly changed: () => void;
  /** The relay was reached, and what this device may read is followed. */
  readonly reached: () => void;
}

/**
 * The confirmed documents while somebody works: what the device may read is followed, over sockets while the relay can
 * be reached, and what they contain leaves the outbox (OB4).
 */
export class FollowedDocuments {
  /** NW10: the network lets no sockets pass: what others do comes later. */
  heldBack = $state(false);
  readonly #app: Tab;
  readonly #heard: DocumentsHeard;
  readonly #replica: Replica;
  readonly #following = new Errand(() => this.#reach());
  readonly #settling = new Errand(() => this.#settle());
  readonly #unlisten: () => void;
  #version = $state(0);
  #connected = false;
  #closed = false;

  constructor(app: Tab, heard: DocumentsHeard) {
    this.#app = app;
    this.#heard = heard;
    this.#replica = new Replica(
      app.db,
      { sockets: socketsAddress(), relay: app.relay },
      {
        changed: () => {
          this.#version++;
          heard.changed();
        },
        stored: () => this.settle(),
        ended: () => void app.contact.refresh(),
        held: (any) => (this.heldBack = any),
        accounts: () => accountsHere(app),
        connected: (any) => {
          const lost = this.#connected && !any;
          this.#connected = any;
          // All sockets closed at once: is it the relay, or only this device's right to read?
          if (lost && app.online) void app.contact.refresh();
        }
      }
    );
    this.#unlisten = app.contact.listen((told) => {
      if (told === 'report') void this.#following.start();
      else this.#replica.pull();
    });
  }

  /** Advances whenever one of them has changed. */
  get version(): number {
    return this.#version;
  }

  get spaces(): ReadonlyMap<SpaceId, SpaceState> {
    return this.#replica.spaces;
  }

  get directory(): Directory {
    return this.#replica.directory;
  }

  /** NW10: something of every TwinSpace that is followed has been read. */
  get read(): boolean {
    void this.#version;
    return this.#replica.read;
  }

  /** The relay has told this device of the TwinSpace. */
  has(space: SpaceId): boolean {
    void this.#version;
    return this.spaces.get(space)?.members.meta.has('space') === true;
  }

  /** OB4: what waits here has been accepted, and stands in them. */
  contain({ state, space }: Pick<OutboxRow, 'state' | 'space'>): boolean {
    return state.is === 'accepted' && this.#replica.contains(space, state.version);
  }

  /** JO8: knows of a pupil whom somebody found here. */
  learn(found: FoundPupil): void {
    this.#replica.learn(found);
  }

  /** WR2: the confirmed text of a page, followed while it is open. */
  openPage(room: string): Promise<Follower<FollowedPage>> {
    return this.#replica.openPage(room);
  }

  closePage(room: string): Promise<void> {
    return this.#replica.closePage(room);
  }

  /** Reads the stored documents of all that this device may read. */
  async follow(): Promise<void> {
    const { enrolment } = await readDevice(this.#app.db);
    await this.#replica.follow(enrolment.is === 'enrolled' ? enrolment.rooms : []);
  }

  /** After the first reading: knows of those who were found here, and connects. */
  async open(): Promise<void> {
    for (const found of await this.#app.db.found.toArray()) this.learn(found);
    this.#replica.connect(this.#app.online);
    await this.#settle();
  }

  /** Takes out of the outbox what they contain, soon. */
  settle(): void {
    void this.#settling.start();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unlisten();
    await Promise.all([this.#following.close(), this.#settling.close()]);
    await this.#replica.close();
  }

  async #reach(): Promise<void> {
    if (this.#closed) return;
    await this.follow();
    this.#replica.connect(this.#app.online);
    this.#replica.pull();
    await this.#settling.start();
    this.#heard.reached();
  }

  async #settle(): Promise<void> {
    if (!this.#closed) await settleContained(this.#app.db, this.#replica);
  }
}
