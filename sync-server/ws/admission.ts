import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { DeviceId } from '#lib/domain/ids.ts';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { parseRoom, type Room } from '#lib/protocol/rooms.ts';
import { caps } from '#relay/caps.ts';
import type { Core } from '#relay/core.ts';
import { payerOf } from '#relay/devices/payer.ts';
import { whyUnreadable, type Unreadable } from '#relay/devices/reading.ts';
import { guarded } from '#relay/guarded.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { Connection, type Host } from './connection.ts';

const unreadable: Readonly<Record<Unreadable, number>> = {
  'unknown-room': closeCodes.unknownRoom,
  'may-not-read': closeCodes.mayNotRead,
  'other-generation': closeCodes.otherGeneration
};

/** What somebody who opens a socket shows. */
export interface Shown {
  /** Whose cookie it brought, revoked or not; undefined for a stranger. */
  readonly device: StoredDevice | undefined;
  /** Under which the request is counted. */
  readonly address: string;
  /** The room, as the path has it. */
  readonly name: string;
}

/**
 * Who comes in. A connection stands among the followers before anything is asked about its right to (RM12): whoever
 * loses the right meanwhile is looked at like everybody else (RM8), without the lock that changes wait for; and what is
 * still being admitted counts for the caps like what is in.
 */
export class Admission {
  readonly #core: Pick<Core, 'storage' | 'truth' | 'rooms' | 'rates' | 'state'>;
  readonly #host: Host;

  constructor(core: Pick<Core, 'storage' | 'truth' | 'rooms' | 'rates' | 'state'>, host: Host) {
    this.#core = core;
    this.#host = host;
  }

  /** Lets the socket follow its room, or closes it with a code that says why not (RM1). The socket is paused so far. */
  async enter(socket: WebSocket, raw: Duplex, { device, address, name }: Shown): Promise<void> {
    const { rooms, rates } = this.#core;
    if (this.#core.state.is === 'stopping') return socket.close(closeCodes.tryLater);
    const room = parseRoom(decoded(name));
    if (!device) return socket.close(closeCodes.notEnrolled);
    if (device.revoked) return socket.close(closeCodes.revoked);
    if (rates.take('deviceUpgrades', device.id) > 0) return socket.close(closeCodes.flood);
    if (!room) return socket.close(closeCodes.unknownRoom);
    // RM12: nothing joins that is gone already, and what goes later is heard of.
    if (socket.readyState !== socket.OPEN) return;
    const payer = payerOf(device, address);
    const connection = new Connection(socket, raw, { device: device.id, payer, room }, this.#host);
    socket.once(
      'close',
      guarded(this.#host.log, 'close', () => rooms.leave(connection))
    );
    rooms.join(connection);
    const problem = this.#crowd(connection) ?? (await this.#problem(device.id, room));
    if (problem !== undefined) connection.close(problem);
  }

  /** RM7, RM13: asked with the new one among them. */
  #crowd({ device, payer }: Connection): number | undefined {
    const { rooms } = this.#core;
    const { perDevice, perAccount } = caps.sockets;
    const many = rooms.countOf(device) > perDevice || rooms.countFor(payer.account) > perAccount;
    return many ? closeCodes.flood : undefined;
  }

  /** The device is asked for again: it may have been revoked before it stood among the followers. */
  async #problem(id: DeviceId, room: Room): Promise<number | undefined> {
    const { storage, truth } = this.#core;
    if (this.#core.state.is === 'stopping') return closeCodes.tryLater;
    const [device] = await storage.devices.some([id]);
    if (!device) return closeCodes.notEnrolled;
    if (device.revoked) return closeCodes.revoked;
    const why = await whyUnreadable(truth, device, room);
    return why && unreadable[why];
  }
}

/** The path as it was meant; an impossible one names no room. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}
