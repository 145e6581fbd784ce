import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import {
  applyAwarenessUpdate,
  Awareness,
  encodeAwarenessUpdate,
  removeAwarenessStates
} from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { AccountId } from '#lib/domain/ids.ts';
import type { PresenceState } from '#lib/protocol/presence.ts';

/** The message type of y-websocket. */
const awarenessMessage = 1;

/** Milliseconds between two times at which it is said where the caret stands. */
const sayEvery = 200;

/** Somebody who writes in the page elsewhere. */
export interface Other {
  readonly account: AccountId;
  /** Whether their caret stands in the text. */
  readonly writes: boolean;
}

/**
 * WR7: who writes in a page now. The provider's own awareness would repeat to the relay whatever it is told, and would
 * speak under the clientID of the confirmed document; so this one hears and speaks in its place.
 */
export class PagePresence {
  /** What an editor's carets are bound to. */
  readonly awareness = new Awareness(new Y.Doc());
  readonly #confirmed: Y.Doc;
  readonly #look = (): void => this.#show();
  #client: number | undefined;
  #socket: WebsocketProvider | undefined;
  #saying: ReturnType<typeof setTimeout> | undefined;

  /** @param confirmed the text as the relay has it */
  constructor(confirmed: Y.Doc) {
    this.#confirmed = confirmed;
    this.awareness.setLocalState(null);
    confirmed.on('update', this.#look);
    this.awareness.on('update', ({ added, updated, removed }: Record<string, number[]>) => {
      const mine = [added, updated, removed].some((clients) => clients?.includes(this.awareness.clientID));
      if (mine) this.#saying ??= setTimeout(() => this.#say(), sayEvery);
    });
  }

  /** Speaks and hears over this provider's sockets. */
  attach(provider: WebsocketProvider): void {
    this.#socket = provider;
    provider.messageHandlers[awarenessMessage] = (_answer, decoder) =>
      applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), provider);
    provider.on('sync', (synced: boolean) => {
      // Said once more: whoever was told before that it was over hears only what is newer.
      if (synced) this.awareness.setLocalState(this.awareness.getLocalState());
    });
    provider.on('status', ({ status }: { status: string }) => {
      if (status === 'disconnected') this.#alone();
    });
  }

  /** The clientID under which is written here from now on; nobody is told of it before an edit under it is confirmed. */
  set client(id: number) {
    if (this.#client === id) return;
    this.awareness.setLocalState(null);
    this.#say();
    this.awareness.clientID = id;
    this.#client = id;
    this.#show();
  }

  /** Everybody else who writes here, each once. */
  get others(): readonly Other[] {
    const others = new Map<AccountId, Other>();
    for (const [client, state] of this.awareness.getStates()) {
      if (client === this.awareness.clientID) continue;
      const { user, cursor } = state as PresenceState;
      const writes = cursor !== null || others.get(user.account)?.writes === true;
      others.set(user.account, { account: user.account, writes });
    }
    return [...others.values()];
  }

  close(): void {
    clearTimeout(this.#saying);
    this.#confirmed.off('update', this.#look);
    this.awareness.doc.destroy();
  }

  #show(): void {
    if (this.#client === undefined || this.awareness.getLocalState() !== null) return;
    if (this.#confirmed.store.clients.has(this.#client)) this.awareness.setLocalState({});
  }

  #alone(): void {
    const { awareness } = this;
    const others = [...awareness.getStates().keys()].filter((client) => client !== awareness.clientID);
    removeAwarenessStates(awareness, others, this);
  }

  #say(): void {
    clearTimeout(this.#saying);
    this.#saying = undefined;
    const { awareness } = this;
    if (!this.#socket?.wsconnected || !awareness.meta.has(awareness.clientID)) return;
    const update = encodeAwarenessUpdate(awareness, [awareness.clientID]);
    this.#socket.ws?.send(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, awarenessMessage);
        encoding.writeVarUint8Array(encoder, update);
      })
    );
  }
}
