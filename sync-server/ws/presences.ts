import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { mayWrite } from '#lib/domain/page-writing.ts';
import { pageOfDocument } from '#lib/domain/pages.ts';
import { activeMember } from '#lib/domain/state.ts';
import { roomName, type Room } from '#lib/protocol/rooms.ts';
import type { Clock } from '#relay/clock.ts';
import { guarded } from '#relay/guarded.ts';
import type { Log } from '#relay/log.ts';
import type { Truth } from '#relay/truth/truth.ts';
import type { Connection } from './connection.ts';
import { presenceFrame } from './frames.ts';
import { readPresence, tellPresence, type SaidPresence, type ToldPresence } from './presence-update.ts';

/** RM20: milliseconds in which what is said in a room is told as one frame. */
export const tellEvery = 100;

/** Who writes in one page now. */
interface Present {
  readonly room: Room;
  /** What was said and is not told yet, the last of each. */
  readonly said: Map<Connection, SaidPresence>;
  readonly told: Map<Connection, ToldPresence>;
  /** Of whom is to be told that they are here no longer. */
  gone: ToldPresence[];
  timer?: NodeJS.Timeout;
}

/** What surrounds them. */
interface Surroundings {
  readonly truth: Truth;
  readonly clock: Pick<Clock, 'today'>;
  readonly log: Log;
  /** Whoever follows the same page. */
  readonly followers: (room: Room) => readonly Connection[];
}

/**
 * RM4, RM19, RM20: who is writing in which page, told to whoever follows it. Nothing of it is stored, and no more than
 * one presence is kept for each connection.
 */
export class Presences {
  readonly #rooms = new Map<string, Present>();
  readonly #with: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#with = surroundings;
  }

  /** A follower of a page says something of whoever writes with it; what is no presence of one clientID is ignored. */
  say(connection: Connection, update: Uint8Array): void {
    if (!connection.isSynced || !pageOfDocument(connection.room.document)) return;
    const said = readPresence(update);
    if (!said) return;
    const name = roomName(connection.room);
    const known = this.#rooms.get(name);
    const present = known ?? { room: connection.room, said: new Map(), told: new Map(), gone: [] };
    this.#rooms.set(name, present);
    present.said.set(connection, said);
    this.#soon(present);
  }

  /** Everybody who is known to write in this follower's page, as a frame; undefined where nobody is. */
  frame({ room }: Connection): Uint8Array | undefined {
    const told = this.#rooms.get(roomName(room))?.told;
    return told && told.size > 0 ? presenceFrame(tellPresence([...told.values()])) : undefined;
  }

  /** Whoever wrote with it is here no longer. */
  leave(connection: Connection): void {
    const present = this.#rooms.get(roomName(connection.room));
    if (!present) return;
    present.said.delete(connection);
    this.#forget(present, connection);
    this.#soon(present);
  }

  /** Who may write in this TwinSpace may have changed. */
  recheck(space: SpaceId): void {
    for (const present of this.#rooms.values()) {
      if (present.room.space !== space) continue;
      for (const [connection, told] of present.told)
        if (!present.said.has(connection)) present.said.set(connection, told);
      this.#soon(present);
    }
  }

  /** Ends all of it. */
  close(): void {
    for (const { timer } of this.#rooms.values()) clearTimeout(timer);
    this.#rooms.clear();
  }

  #soon(present: Present): void {
    const tell = guarded(this.#with.log, 'presence', () => this.#tell(present));
    present.timer ??= setTimeout(tell, tellEvery).unref();
  }

  async #tell(present: Present): Promise<void> {
    const { room, said, told } = present;
    try {
      const news = await this.#heard(present);
      const all = [...present.gone, ...news];
      present.gone = [];
      const frame = presenceFrame(tellPresence(all));
      if (all.length > 0) for (const follower of this.#with.followers(room)) follower.present(frame);
    } finally {
      delete present.timer;
      if (said.size + present.gone.length > 0) this.#soon(present);
      else if (told.size === 0) this.#rooms.delete(roomName(room));
    }
  }

  /** What was said and counts. */
  async #heard(present: Present): Promise<readonly ToldPresence[]> {
    const { said, told } = present;
    const saying = [...said];
    said.clear();
    const news: ToldPresence[] = [];
    for (const [connection, { client, clock, cursor }] of saying) {
      const account = cursor === 'gone' ? undefined : await this.#whose(connection, client);
      if (connection.isGone) continue;
      const before = told.get(connection);
      if (account === undefined || before?.client !== client) this.#forget(present, connection);
      if (account === undefined || (before?.client === client && before.clock === clock)) continue;
      const one = { client, clock, cursor, account };
      told.set(connection, one);
      news.push(one);
    }
    return news;
  }

  #forget({ told, gone }: Present, connection: Connection): void {
    const before = told.get(connection);
    told.delete(connection);
    if (before) gone.push({ ...before, cursor: 'gone' });
  }

  /** RM19: whose accepted edit of the page bears this clientID, from this device, if they may write there now. */
  async #whose({ device, room }: Connection, client: number): Promise<AccountId | undefined> {
    const { truth, clock } = this.#with;
    const page = pageOfDocument(room.document);
    const state = (await truth.space(room.space))?.state;
    if (!page || !state) return undefined;
    const writer = (await truth.pages.of(room.space, page)).writer(client);
    if (writer?.device !== device) return undefined;
    const member = activeMember(state, writer.actor);
    if (!member) return undefined;
    const { role } = member;
    const may = mayWrite(state, page, { account: writer.actor, role }, clock.today());
    return may === true ? writer.actor : undefined;
  }
}
