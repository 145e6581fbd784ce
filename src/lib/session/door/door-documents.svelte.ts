import { readDevice } from '#lib/store/device.ts';
import { Errand } from '#lib/store/errand.ts';
import type { Replica } from '#lib/sync/replica.ts';
import { socketsAddress } from '#lib/sync/sockets-address.ts';
import type { Tab } from '../device/tab.ts';
import { settleContained } from '../device/settle-contained.ts';
import { accountsHere } from '../device/this-device.ts';

/** Yjs is loaded for it, after the door can be used: no door waits. */
const replicas = () => import('#lib/sync/replica.ts');

/**
 * LK6: while nobody works on a classroom tablet its documents are followed all the same: the first child of a lesson
 * without a network finds their TwinSpace, and what was accepted is confirmed. Made by the door, and closed with it.
 */
export class DoorDocuments {
  /** Every document that this tablet may read is stored here; undefined until it has been looked at. */
  whole = $state<boolean>();
  readonly #app: Tab;
  readonly #unlisten: () => void;
  readonly #following = new Errand(() => this.#follow());
  readonly #settling = new Errand(() => this.#settle());
  #replica: Replica | undefined;
  #closed = false;

  constructor(app: Tab) {
    this.#app = app;
    this.#unlisten = app.contact.listen((told) => {
      if (told === 'report') void this.#following.start();
      else this.#replica?.pull();
    });
    void this.#open();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unlisten();
    await Promise.all([this.#following.close(), this.#settling.close()]);
    await this.#replica?.close();
  }

  async #open(): Promise<void> {
    const { Replica } = await replicas();
    if (this.#closed) return;
    this.#replica = new Replica(
      this.#app.db,
      { sockets: socketsAddress(), relay: this.#app.relay },
      {
        changed: () => this.#look(),
        stored: () => void this.#settling.start(),
        ended: () => void this.#app.contact.refresh(),
        connected: () => undefined,
        held: () => undefined,
        accounts: () => accountsHere(this.#app)
      }
    );
    await this.#following.start();
  }

  async #follow(): Promise<void> {
    const { enrolment } = await readDevice(this.#app.db);
    const replica = this.#replica;
    if (this.#closed || !replica) return;
    await replica.follow(enrolment.is === 'enrolled' ? enrolment.rooms : []);
    replica.connect(this.#app.online);
    replica.pull();
    await this.#settling.start();
  }

  async #settle(): Promise<void> {
    const replica = this.#replica;
    if (this.#closed || !replica) return;
    this.#look();
    await settleContained(this.#app.db, replica);
  }

  /** A document that was never received has no version yet. */
  #look(): void {
    const space = this.#app.tablet?.space;
    const replica = this.#replica;
    this.whole = space !== undefined && replica !== undefined && replica.holds(space);
  }
}
