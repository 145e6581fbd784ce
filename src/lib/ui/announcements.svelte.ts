import { createContext } from 'svelte';
import { m } from '#lib/paraglide/messages.js';

/** A short confirmation, seen and heard: "Ángel está en la lista". */
export interface Announcement {
  readonly id: number;
  readonly text: string;
  readonly kind: 'success' | 'waiting' | 'info';
  /** What can still be done about it: undo. */
  readonly action?: AnnouncedAction | undefined;
}

/** A button on a confirmation. */
export interface AnnouncedAction {
  readonly label: string;
  readonly run: () => void;
}

/**
 * What confirms a change (AP10). Words that are true of this device alone are enough: without a network it is added that
 * the others do not know of it yet. What tells what others see or may do has words of its own for then.
 */
export type Confirmation = string | { readonly now: string; readonly later: string };

/** Milliseconds that a confirmation stays: time to read two lines slowly. What must be dealt with is a notice instead. */
const stays = 7_000;

/** At most this many at once; the oldest gives way. */
const most = 2;

/** The confirmations on the screen. Made once in the layout, emptied when the person changes. */
export class Announcements {
  readonly #offline: () => boolean;
  #next = 1;

  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  items = $state.raw<readonly Announcement[]>([]);

  /** @param offline whether what is done now can reach nobody else yet */
  constructor(offline: () => boolean = () => false) {
    this.#offline = offline;
  }

  /** AP10: confirms what was changed for others, too; without a network it says that they do not know it yet. */
  changed(done: Confirmation, action?: AnnouncedAction): void {
    const { now, later } = typeof done === 'string' ? { now: done, later: notSent(done) } : done;
    if (this.#offline()) this.say(later, 'waiting', action);
    else this.say(now, 'success', action);
  }

  /** Shows a confirmation and tells it to screen readers; the same words are said anew, not twice. */
  say(text: string, kind: Announcement['kind'] = 'success', action?: AnnouncedAction): void {
    const id = this.#next++;
    if (!action) this.#dismissAll((item) => item.text === text && !item.action);
    for (const old of this.items.slice(0, Math.max(0, this.items.length + 1 - most))) this.dismiss(old.id);
    this.items = [...this.items, { id, text, kind, action }];
    this.resume(id);
  }

  /** Keeps one while it is pointed at or has the focus. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Lets its time run again. */
  resume(id: number): void {
    this.hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), stays)
    );
  }

  dismiss(id: number): void {
    this.hold(id);
    this.items = this.items.filter((item) => item.id !== id);
  }

  /** AP10: the person goes on with something else: what only confirmed gives way, what can still be undone stays. */
  goOn(): void {
    this.#dismissAll((item) => !item.action);
  }

  /** Nothing said to one person is left for the next. */
  clear(): void {
    this.#dismissAll(() => true);
  }

  #dismissAll(which: (item: Announcement) => boolean): void {
    for (const item of this.items.filter(which)) this.dismiss(item.id);
  }
}

function notSent(text: string): string {
  return m.said_not_sent({ text: text.replace(/\.$/, '') });
}

/** The confirmations of the layout around a component: `announcements().say(…)`. */
export const [announcements, provideAnnouncements] = createContext<Announcements>();
