import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { randomText } from '#lib/crypto/encoding.ts';
import type { DeviceId, SpaceId } from '#lib/domain/ids.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { machineClock, type Clock } from './clock.ts';
import { addressText } from './config.ts';
import type { Core } from './core.ts';
import { Daily, dailyJobs } from './daily.ts';
import { Tombstones } from './erasure/tombstones.ts';
import { Gate } from './gate/gate.ts';
import { Lock } from './gate/lock.ts';
import type { OnPoint } from './gate/points.ts';
import { Truth } from './gate/truth.ts';
import { makeApp } from './http/app.ts';
import { Rates } from './http/rates.ts';
import { SignInDelays } from './http/sign-in-delays.ts';
import { ToldKeys } from './http/told-keys.ts';
import { StaticFiles } from './http/static-files.ts';
import { listen } from './listen.ts';
import { makeFoundingLink, makeRecoveryLink, makeSetUpLink, type MadeLink } from './links.ts';
import { standardErrorLog, type Log } from './log.ts';
import { openDatabase } from './storage/sqlite/open.ts';
import { sqliteStorage } from './storage/sqlite/sqlite-storage.ts';
import type { Storage } from './storage/storage.ts';
import { Rooms } from './ws/rooms.ts';
import { Sockets } from './ws/sockets.ts';

/** How a relay is started. */
export interface RelayOptions {
  readonly host: string;
  /** 0: any free one */
  readonly port: number;
  readonly dataDir: string;
  /** Where the built app lies; absent: the API and the sockets alone. */
  readonly build?: string;
  readonly clock?: Clock;
  readonly log?: Log;
  readonly onPoint?: OnPoint;
  /** Opens the storage of the data folder; SQLite when absent. */
  readonly open?: (dataDir: string) => Storage;
}

/** Milliseconds that requests and sockets are given to end when the relay stops. */
const patience = 3_000;

/** Milliseconds that a client may take to say what it wants; a tablet on a bad network needs some. */
const timeouts = { headersTimeout: 20_000, requestTimeout: 90_000, keepAliveTimeout: 20_000 };

/** A relay that serves. Made by `startRelay`; whoever starts it stops it. */
export class Relay {
  readonly port: number;
  /** `http://HOST:PORT` */
  readonly address: string;
  /** Where the first TwinSpace can be founded; absent once there is one. */
  readonly setUpLink: MadeLink | undefined;
  readonly #core: Core;
  readonly #server: Server;
  readonly #sockets: Sockets;
  readonly #daily: Daily;
  #stopped: Promise<void> | undefined;

  constructor(
    parts: { readonly core: Core; readonly server: Server; readonly sockets: Sockets; readonly daily: Daily },
    host: string,
    setUpLink: MadeLink | undefined
  ) {
    const { core, server, sockets, daily } = parts;
    this.#core = core;
    this.#server = server;
    this.#sockets = sockets;
    this.#daily = daily;
    this.port = (server.address() as AddressInfo).port;
    this.address = addressText(host, this.port);
    this.setUpLink = setUpLink;
  }

  /** Frames of followers that would have written, and were not done, since the start. */
  get ignoredFrames(): number {
    return this.#sockets.ignored;
  }

  /** What the command line beside this relay must show (OP7). */
  get adminToken(): string {
    return this.#core.adminToken;
  }

  makeFoundingLink(): Promise<MadeLink> {
    return makeFoundingLink(this.#core);
  }

  makeRecoveryLink(username: string): Promise<MadeLink | undefined> {
    return makeRecoveryLink(this.#core, username);
  }

  /** RM9: builds a document anew; its followers are told to ask for their rooms again. */
  rebuild(space: SpaceId, document: SpaceDocument): Promise<void> {
    return this.#core.lock.run(async () => {
      const generation = await this.#core.truth.rebuild(space, document);
      if (generation !== undefined) this.#core.rooms.closeOld({ space, document, generation });
    });
  }

  /** The device's cookie and signatures stop counting, its sockets close. */
  revokeDevice(device: DeviceId): Promise<void> {
    return this.#core.lock.run(async () => {
      await this.#core.storage.devices.revoke(device);
      this.#core.rooms.closeDevice(device, closeCodes.revoked);
    });
  }

  /** OP4: takes nothing new, ends what is under way, closes the storage. May be called more than once. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#core.state = { is: 'stopping' };
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.#server.closeIdleConnections();
    await this.#sockets.close(patience);
    const timer = setTimeout(() => this.#server.closeAllConnections(), patience);
    await closed;
    clearTimeout(timer);
    await this.#daily.stop();
    await this.#core.lock.run(() => this.#core.storage.close());
  }
}

/**
 * Starts a relay without a process around it.
 *
 * @throws StartRefusal where it cannot be started, saying why and what to do
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { host, port, dataDir, build, clock = machineClock, log = standardErrorLog() } = options;
  const storage = (options.open ?? ((folder) => sqliteStorage(openDatabase(folder))))(dataDir);
  try {
    const core = await assemble(storage, dataDir, clock, log, options.onPoint ?? (() => undefined));
    const app = makeApp(core, build === undefined ? undefined : new StaticFiles(build));
    const server = createServer(timeouts, getRequestListener(app.fetch));
    const sockets = new Sockets(core);
    sockets.listen(server);
    const daily = new Daily(dailyJobs(core), clock, log);
    await daily.look();
    await listen(server, host, port);
    const setUpLink = await makeSetUpLink(core);
    daily.start();
    return new Relay({ core, server, sockets, daily }, host, setUpLink);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function assemble(
  storage: Storage,
  dataDir: string,
  clock: Clock,
  log: Log,
  onPoint: OnPoint
): Promise<Core> {
  const truth = new Truth(storage);
  const lock = new Lock();
  const rooms = new Rooms(storage, truth);
  const gate = new Gate({ storage, truth, audience: rooms, log, onPoint }, lock, clock);
  const known = await storage.meta.get('fake-salts');
  const fakeSalts = known ?? randomText(32);
  if (!known) await storage.meta.set('fake-salts', fakeSalts);
  return {
    ...{ storage, truth, lock, gate, rooms, clock, log, fakeSalts },
    tombstones: new Tombstones(dataDir),
    told: new ToldKeys(storage, truth),
    delays: new SignInDelays(clock),
    rates: new Rates(clock),
    adminToken: randomText(32),
    state: { is: 'ready' }
  };
}
