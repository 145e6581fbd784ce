import type { DeviceId, SpaceId } from '#lib/domain/ids.ts';
import { mayRead } from '#lib/domain/may-read.ts';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { roomName, type Room } from '#lib/protocol/rooms.ts';
import { readerIn } from '#relay/devices/let-in.ts';
import type { Audience } from '#relay/gate/audience.ts';
import type { Truth } from '#relay/truth/truth.ts';
import type { Clock } from '#relay/clock.ts';
import { guarded } from '#relay/guarded.ts';
import type { Log } from '#relay/log.ts';
import type { DocumentUpdate, StoredDevice } from '#relay/storage/records.ts';
import type { Storage } from '#relay/storage/storage.ts';
import type { Connection } from './connection.ts';
import { updateFrame } from './frames.ts';
import { Presences } from './presences.ts';

/** Milliseconds between two heartbeats; the stock provider gives up after 30 000. */
const beatEvery = 20_000;

/** SI11: milliseconds between two times at which one tablet is sent to ask for its keys, however many change. */
export const askAgainEvery = 15_000;

/** Who follows what. Every follower of a document is told of every update of it, once it is stored (RM2). */
export class Rooms implements Audience {
  readonly presences: Presences;
  readonly #storage: Storage;
  readonly #truth: Truth;
  readonly #log: Log;
  readonly #followers = new Map<SpaceId, Set<Connection>>();
  readonly #beat: NodeJS.Timeout;
  /** Tablets that were sent to ask again lately, and whether they must once more. */
  readonly #sent = new Map<DeviceId, { again: boolean; readonly timer: NodeJS.Timeout }>();

  constructor(storage: Storage, truth: Truth, log: Log, clock: Pick<Clock, 'today'>) {
    const followers = ({ space, document }: Room): readonly Connection[] => this.#of(space, document);
    this.presences = new Presences({ truth, clock, log, followers });
    this.#storage = storage;
    this.#truth = truth;
    this.#log = log;
    this.#beat = setInterval(
      guarded(log, 'beat', () => this.#beatAll()),
      beatEvery
    ).unref();
  }

  join(connection: Connection): void {
    const { space } = connection.room;
    const followers = this.#followers.get(space) ?? new Set();
    this.#followers.set(space, followers.add(connection));
  }

  leave(connection: Connection): void {
    this.presences.leave(connection);
    const followers = this.#followers.get(connection.room.space);
    followers?.delete(connection);
    if (followers?.size === 0) this.#followers.delete(connection.room.space);
  }

  /** How many sockets are open, or being let in. */
  get size(): number {
    return this.#count(() => true);
  }

  /** How many sockets the device has open, or being let in; RM7 caps them. */
  countOf(device: DeviceId): number {
    return this.#count((connection) => connection.device === device);
  }

  /** How many answer to this account, or classroom tablet; RM13 caps them. */
  countFor(account: string): number {
    return this.#count(({ payer }) => payer.account === account);
  }

  broadcast(updates: readonly DocumentUpdate[]): void {
    for (const { space, document, generation, update } of updates) {
      if (document === 'members') this.presences.recheck(space);
      const followers = this.#of(space, document);
      if (followers.length === 0) continue;
      const frame = updateFrame(update);
      for (const connection of followers) connection.follow(frame, generation);
    }
  }

  /** RM8: whoever may no longer read is told to ask for its rooms again. */
  async recheck(spaces: ReadonlySet<SpaceId>): Promise<void> {
    for (const id of spaces) {
      const followers = [...(this.#followers.get(id) ?? [])];
      if (followers.length === 0) continue;
      const [space, directory] = await Promise.all([this.#truth.space(id), this.#truth.directory()]);
      const ids = [...new Set(followers.map((connection) => connection.device))];
      const devices = new Map<DeviceId, StoredDevice>();
      for (const device of await this.#storage.devices.some(ids))
        devices.set(device.id, space ? await readerIn(this.#truth, space.state, device) : device);
      for (const connection of followers) {
        const device = devices.get(connection.device);
        if (!device || device.revoked) connection.close(closeCodes.revoked);
        else if (!space || !mayRead(space.state, directory, device, connection.room.document))
          connection.close(closeCodes.mayNotRead);
      }
    }
  }

  askAgain(devices: readonly DeviceId[]): void {
    for (const device of devices) this.closeDevice(device, closeCodes.mayNotRead);
  }

  askAgainSoon(devices: readonly DeviceId[]): void {
    for (const device of devices) {
      const sent = this.#sent.get(device);
      if (sent) {
        sent.again = true;
        continue;
      }
      this.askAgain([device]);
      const sendOnce = guarded(this.#log, 'ask-again', () => this.#sendOnce(device));
      const timer = setInterval(sendOnce, askAgainEvery);
      this.#sent.set(device, { again: false, timer: timer.unref() });
    }
  }

  cutOff(devices: readonly DeviceId[]): void {
    for (const device of devices) this.closeDevice(device, closeCodes.revoked);
  }

  restart(spaces: ReadonlySet<SpaceId>): void {
    for (const id of spaces) {
      for (const connection of this.#followers.get(id) ?? []) connection.close(closeCodes.tryLater);
    }
  }

  /** RM9: ends every follower of the document's older generations. */
  closeOld(current: Room): void {
    for (const connection of this.#of(current.space, current.document)) {
      if (roomName(connection.room) !== roomName(current)) connection.close(closeCodes.otherGeneration);
    }
  }

  /** Ends every connection of the device. */
  closeDevice(device: DeviceId, code: number): void {
    for (const connection of this.#all()) if (connection.device === device) connection.close(code);
  }

  /** Ends every connection: the relay stops. */
  closeAll(): void {
    clearInterval(this.#beat);
    this.presences.close();
    for (const { timer } of this.#sent.values()) clearInterval(timer);
    this.#sent.clear();
    for (const connection of this.#all()) connection.close(closeCodes.tryLater);
  }

  /** RM12: one that is gone without a word is dropped, too. */
  #beatAll(): void {
    for (const connection of [...this.#all()]) {
      if (connection.isGone) this.leave(connection);
      else connection.beat();
    }
  }

  #sendOnce(device: DeviceId): void {
    const sent = this.#sent.get(device);
    if (sent?.again) {
      sent.again = false;
      this.askAgain([device]);
      return;
    }
    clearInterval(sent?.timer);
    this.#sent.delete(device);
  }

  #count(is: (connection: Connection) => boolean): number {
    let count = 0;
    for (const connection of this.#all()) if (!connection.isGone && is(connection)) count += 1;
    return count;
  }

  #of(space: SpaceId, document: Room['document']): readonly Connection[] {
    return [...(this.#followers.get(space) ?? [])].filter(
      (connection) => connection.room.document === document
    );
  }

  *#all(): Generator<Connection> {
    for (const followers of this.#followers.values()) yield* followers;
  }
}
