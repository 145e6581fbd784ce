import type { Server } from 'node:http';
import type { AddressInfo, BlockList } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { randomText } from '#lib/crypto/encoding.ts';
import type { DeviceId, SpaceId } from '#lib/domain/ids.ts';
import type { SpaceDocument } from '#lib/domain/may-read.ts';
import type { MediaCeilings } from '#lib/domain/settings.ts';
import { closeCodes } from '#lib/protocol/close-codes.ts';
import { Archives } from './archives/archives.ts';
import { caps, type RateTable } from './caps.ts';
import type { CertificateFiles } from './certificate.ts';
import { machineClock, type Clock } from './clock.ts';
import { addressText } from './config.ts';
import type { Core } from './core.ts';
import { Daily, dailyJobs } from './daily.ts';
import { Tombstones } from './erasure/tombstones.ts';
import { CatchUp } from './gate/catch-up.ts';
import { Gate } from './gate/gate.ts';
import { MovedPages } from './gate/moved-pages.ts';
import { Lock } from './truth/lock.ts';
import type { OnCommitPoint } from './gate/commit-point.ts';
import { Truth } from './truth/truth.ts';
import { AllowedHosts } from './http/allowed-hosts.ts';
import { makeApp } from './http/app.ts';
import { ClientAddresses } from './http/client-address.ts';
import { documentBudget } from './http/document-budget.ts';
import { MediaFolder } from './media/media-folder.ts';
import { Rates } from './http/rates.ts';
import { SignInDelays } from './http/sign-in-delays.ts';
import { ToldKeys } from './devices/told-keys.ts';
import { StaticFiles } from './http/static-files.ts';
import { guarded } from './guarded.ts';
import { HeldBytes } from './held-bytes.ts';
import { listen } from './listen.ts';
import { makeFoundingLink, makeRecoveryLink, makeSetUpLink, type MadeLink } from './links.ts';
import { standardErrorLog, type Log } from './log.ts';
import { PublicAddress, reachLine } from './public-address.ts';
import { relayId } from './relay-id.ts';
import { makeServing, type Serving } from './serving.ts';
import { openDatabase } from './storage/sqlite/open.ts';
import { sqliteStorage } from './storage/sqlite/sqlite-storage.ts';
import type { Storage } from './storage/storage.ts';
import { buildAnew } from './ws/build-anew.ts';
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
  readonly onPoint?: OnCommitPoint;
  /** Opens the storage of the data folder; SQLite when absent. */
  readonly open?: (dataDir: string) => Storage;
  /** HT13: trusted proxies; none when absent. */
  readonly trustProxy?: BlockList;
  /** HT14 */
  readonly publicUrl?: URL;
  /** OP13: http when absent. */
  readonly tls?: CertificateFiles;
  /** SG6: none when absent. */
  readonly ceilings?: MediaCeilings;
  /** Those of `caps.ts` when absent. */
  readonly rates?: RateTable;
}

/** Milliseconds that requests and sockets are given to end when the relay stops. */
const patience = 3_000;

/** A relay that serves. Made by `startRelay`; whoever starts it stops it. */
export class Relay {
  readonly port: number;
  /** `http://HOST:PORT`, or with https */
  readonly address: string;
  /** Where the first TwinSpace can be founded; absent once there is one. */
  readonly setUpLink: MadeLink | undefined;
  readonly #core: Core;
  readonly #server: Server;
  readonly #sockets: Sockets;
  readonly #daily: Daily;
  readonly #moved: MovedPages;
  readonly #serving: Serving;
  #stopped: Promise<void> | undefined;

  constructor(
    parts: {
      readonly core: Core;
      readonly serving: Serving;
      readonly sockets: Sockets;
      readonly daily: Daily;
      readonly moved: MovedPages;
    },
    host: string,
    setUpLink: MadeLink | undefined
  ) {
    const { core, serving, sockets, daily, moved } = parts;
    this.#core = core;
    this.#serving = serving;
    this.#server = serving.server;
    this.#sockets = sockets;
    this.#daily = daily;
    this.#moved = moved;
    this.port = (this.#server.address() as AddressInfo).port;
    this.address = addressText(host, this.port, serving.overTls);
    this.setUpLink = setUpLink;
  }

  /** Frames of followers that would have written, and were not done, since the start. */
  get ignoredFrames(): number {
    return this.#sockets.ignored;
  }

  /** So many changes wait for those that are being stored. */
  get waitingChanges(): number {
    return this.#core.gate.waiting;
  }

  /** What is open now, and how many bytes have not arrived whole, or have not been read (RM14, HT18). */
  async load(): Promise<{
    readonly connections: number;
    readonly sockets: number;
    readonly heldBytes: number;
  }> {
    const connections = await new Promise<number>((done, fail) => {
      this.#server.getConnections((error, count) => (error ? fail(error) : done(count)));
    });
    return {
      connections,
      sockets: this.#core.rooms.size,
      heldBytes: this.#sockets.held.all + this.#core.bodies.all
    };
  }

  /** What the command line beside this relay must show (OP7). */
  get adminToken(): string {
    return this.#core.adminToken;
  }

  /** OP11 */
  get reach(): string {
    return reachLine(this.#core.address.address);
  }

  /** With what links begin that people open: the address for tablets, else that on which it listens. */
  get linksBegin(): string {
    return this.#core.address.address ?? this.address;
  }

  /** OP13: looks whether there is another certificate; also by itself, every ten seconds. */
  lookAtCertificate(): Promise<void> {
    return this.#serving.look();
  }

  /** PG8: tells in which pages something was written; also by itself, every ten seconds. */
  tellMoved(): Promise<void> {
    return this.#moved.tell();
  }

  makeFoundingLink(): Promise<MadeLink> {
    return makeFoundingLink(this.#core);
  }

  makeRecoveryLink(username: string): Promise<MadeLink | undefined> {
    return makeRecoveryLink(this.#core, username);
  }

  /** RM9 */
  rebuild(space: SpaceId, document: SpaceDocument): Promise<void> {
    return buildAnew(this.#core, space, document);
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
    this.#serving.stop();
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.#server.closeIdleConnections();
    await this.#sockets.close(patience);
    const cut = guarded(this.#core.log, 'stop', () => this.#server.closeAllConnections());
    const timer = setTimeout(cut, patience);
    await closed;
    clearTimeout(timer);
    await this.#daily.stop();
    this.#moved.stop();
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
    const core = await assemble(storage, { ...options, clock, log });
    const app = makeApp(core, build === undefined ? undefined : new StaticFiles(build));
    const serving = await makeServing(core, getRequestListener(app.fetch), options.tls);
    const { server } = serving;
    const sockets = new Sockets(core);
    sockets.listen(server);
    const daily = new Daily(dailyJobs(core), clock, log);
    const moved = new MovedPages({ ...core, audience: core.rooms }, core.lock);
    await daily.look();
    await listen(server, host, port, log);
    const setUpLink = await makeSetUpLink(core);
    daily.start();
    moved.start();
    serving.start();
    return new Relay({ core, sockets, daily, serving, moved }, host, setUpLink);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function assemble(
  storage: Storage,
  options: RelayOptions & { readonly clock: Clock; readonly log: Log }
): Promise<Core> {
  const {
    host,
    dataDir,
    clock,
    log,
    onPoint = () => undefined,
    trustProxy,
    publicUrl,
    ceilings = {}
  } = options;
  const truth = new Truth(storage);
  const lock = new Lock();
  const rooms = new Rooms(storage, truth, log, clock);
  const rates = new Rates(clock, options.rates);
  const gate = new Gate({ storage, truth, audience: rooms, log, onPoint, ceilings }, lock, clock);
  const fakeSalts = await ownSecret(storage, 'fake-salts');
  const media = new MediaFolder(join(dataDir, 'media'));
  return {
    storage,
    media,
    archives: new Archives(join(dataDir, 'archives'), { truth, media, clock }),
    ceilings,
    truth,
    lock,
    gate,
    rooms,
    clock,
    log,
    fakeSalts,
    visitPasses: await ownSecret(storage, 'visit-passes'),
    id: relayId(fakeSalts),
    tombstones: new Tombstones(dataDir),
    told: new ToldKeys(storage, truth),
    delays: new SignInDelays(clock),
    rates,
    catchUp: new CatchUp(truth, documentBudget(rates)),
    bodies: new HeldBytes(caps.bodies),
    addresses: new ClientAddresses(trustProxy),
    hosts: new AllowedHosts(host, publicUrl, options.tls !== undefined),
    address: await PublicAddress.read(storage.meta, publicUrl),
    adminToken: randomText(32),
    state: { is: 'ready' }
  };
}

/** A secret of the relay's own, made when it is first asked for. */
async function ownSecret({ meta }: Storage, name: 'fake-salts' | 'visit-passes'): Promise<string> {
  const known = await meta.get(name);
  if (known) return known;
  const fresh = randomText(32);
  await meta.set(name, fresh);
  return fresh;
}
