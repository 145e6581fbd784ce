import { request } from 'node:http';
import { once } from 'node:events';
import * as encoding from 'lib0/encoding';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { partUpdates } from '#lib/protocol/document-answer.ts';
import { roomName } from '#lib/protocol/rooms.ts';
import { gunzipSync } from 'node:zlib';
import { RelayProcess } from '../../support/relay-process.ts';
import { FilledRelay, type Colleague } from '../filled-relay.ts';
import { Listener, mark, type Speech } from './listener.ts';
import { Peer, type PeerName } from './peer.ts';

/** What somebody who has nothing was given, until all of it was applied. */
export interface Join {
  readonly ms: number;
  readonly bytes: number;
}

/** A relay with one document, as the bench sees it: ours or another's. */
export interface Side {
  readonly name: string;
  readonly pid: number | undefined;
  /** As what the follower of this number comes. */
  speech(follower: number): Speech;
  /** Makes so many changes, numbered from there on; the answer sends one after the other, or all as fast as it goes. */
  changes(from: number, count: number): Promise<Sender>;
  join(): Promise<Join>;
  /** In a fresh process. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface Sender {
  /** Sends the change at this place. */
  one(at: number): void;
  all(): Promise<void>;
}

/** Followers of one device of ours (RM7). */
const perDevice = 60;
/** Changes in a request of ours, and requests under way. */
const [inRequest, atOnce] = [50, 4] as const;

/** Our relay: what is written goes through the gate, signed and stored. */
export class Ours implements Side {
  readonly name = 'ours';
  readonly #relay: RelayProcess;
  readonly #filled: FilledRelay;
  readonly #colleagues: Colleague[] = [];

  private constructor(relay: RelayProcess, filled: FilledRelay) {
    this.#relay = relay;
    this.#filled = filled;
  }

  /** @param followers how many will come at once */
  static async start(members: number, followers: number): Promise<Ours> {
    const relay = await RelayProcess.start();
    const at = { address: relay.address, setUpLink: { path: relay.setupPath }, stop: () => relay.dispose() };
    const ours = new Ours(relay, await FilledRelay.fill(at, members, relay.folder));
    for (let devices = 0; devices * perDevice < followers; devices++)
      ours.#colleagues.push(await ours.#filled.colleague());
    return ours;
  }

  get pid(): number | undefined {
    return this.#relay.pid;
  }

  speech(follower: number): Speech {
    const cookie = this.#colleagues[Math.floor(follower / perDevice)]?.cookie ?? this.#filled.cookie;
    return {
      address: `${this.#relay.address.replace('http', 'ws')}/sync/${this.#room}`,
      headers: { Cookie: cookie }
    };
  }

  async changes(from: number, count: number): Promise<Sender> {
    const pupils = 90;
    const all = await this.#filled.lessons(pupils, Math.ceil(count / pupils), (at) => mark(from + at));
    const batches = Array.from({ length: Math.ceil(count / inRequest) }, (_, at) =>
      all.slice(at * inRequest, Math.min(count, (at + 1) * inRequest))
    );
    return {
      one: (at) => void this.#filled.send(all.slice(at, at + 1)),
      all: async () => {
        const left = [...batches];
        const client = async (): Promise<void> => {
          for (let batch = left.shift(); batch; batch = left.shift()) await this.#filled.send(batch);
        };
        await Promise.all(Array.from({ length: atOnce }, client));
      }
    };
  }

  /** As a tablet that is new comes: over HTTP, packed (SY5). */
  async join(): Promise<Join> {
    const start = performance.now();
    const bytes = await this.#whole();
    const doc = new Y.Doc();
    for (const update of partUpdates(gunzipSync(bytes))) Y.applyUpdate(doc, update);
    return { ms: performance.now() - start, bytes: bytes.length };
  }

  /** The document, as others are given it. */
  async state(): Promise<Uint8Array> {
    return Y.mergeUpdates([...partUpdates(gunzipSync(await this.#whole()))]);
  }

  async restart(): Promise<void> {
    await this.#relay.stop();
    await this.#relay.start();
  }

  stop(): Promise<void> {
    return this.#filled.stop();
  }

  get #room(): string {
    return roomName({ document: 'members', space: this.#filled.space, generation: 1 });
  }

  async #whole(): Promise<Buffer> {
    const asked = request(`${this.#relay.address}/api/documents/${encodeURIComponent(this.#room)}`, {
      method: 'POST',
      headers: {
        Cookie: this.#filled.cookie,
        'Content-Type': 'application/octet-stream',
        'Accept-Encoding': 'gzip'
      }
    });
    asked.end(Y.encodeStateVector(new Y.Doc()));
    const [answer] = (await once(asked, 'response')) as [AsyncIterable<Buffer>];
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part);
    return Buffer.concat(parts);
  }
}

/** Another relay, with our document in its room; whoever comes may write, and nothing is stored. */
export class Theirs implements Side {
  readonly #peer: Peer;

  private constructor(peer: Peer) {
    this.#peer = peer;
  }

  static async start(name: PeerName, state: Uint8Array): Promise<Theirs> {
    return new Theirs(await Peer.start(name, state));
  }

  get name(): string {
    return this.#peer.name;
  }

  get pid(): number | undefined {
    return this.#peer.pid;
  }

  speech(): Speech {
    const address = `ws://127.0.0.1:${this.#peer.port}/bench`;
    if (this.#peer.name === 'y-websocket') return { address };
    const before = (encoder: encoding.Encoder): void => encoding.writeVarString(encoder, 'bench');
    const hello = encoding.encode((encoder) => {
      before(encoder);
      // Its message 2 is of signing in, 0 of a token; whoever has no such hook takes any.
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, 'token');
    });
    return { address, before, hello };
  }

  async changes(from: number, count: number): Promise<Sender> {
    const writer = await Listener.open(this.speech());
    const doc = new Y.Doc();
    // As the room stands now: of two who write in one place unknown to each other one may lose, and what is lost is not told.
    Y.applyUpdate(doc, writer.answer);
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (let at = 0; at < count; at++)
      doc.getMap('profiles').set(`pupil ${at % 90}`, { text: mark(from + at) });
    const one = (at: number): void => {
      const update = updates[at];
      if (update) writer.send((encoder) => sync.writeUpdate(encoder, update));
    };
    return { one, all: async () => updates.forEach((_, at) => one(at)) };
  }

  async join(): Promise<Join> {
    const start = performance.now();
    const listener = await Listener.open(this.speech());
    const { bytes } = listener;
    Y.applyUpdate(new Y.Doc(), listener.answer);
    const ms = performance.now() - start;
    listener.close();
    return { ms, bytes };
  }

  restart(): Promise<void> {
    return this.#peer.restart();
  }

  stop(): Promise<void> {
    return this.#peer.dispose();
  }
}
