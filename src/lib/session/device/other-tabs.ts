import type { SessionId } from '#lib/domain/ids.ts';

/** What one tab tells the others of a session. */
export interface Told {
  readonly is: 'began' | 'ended';
  /** Absent: whichever it is, the tablet went to somebody else. */
  readonly session?: SessionId;
}

/** LK1, LK5: tabs of one browser tell each other that somebody began or ended to work. Nothing else is said. */
export class OtherTabs {
  readonly #channel = new BroadcastChannel('twinspace');

  constructor(heard: (told: Told) => void) {
    this.#channel.onmessage = (event: MessageEvent<Told>) => heard(event.data);
  }

  tell(told: Told): void {
    this.#channel.postMessage(told);
  }

  close(): void {
    this.#channel.close();
  }
}

/**
 * LK1: on a classroom tablet one person is at work in one tab; elsewhere only the same session in two tabs (a tab that
 * was doubled) ends together.
 */
export function endsMine(told: Told, mine: SessionId | undefined, classroom: boolean): boolean {
  if (!mine) return false;
  return classroom || (told.is === 'ended' && told.session === mine);
}
