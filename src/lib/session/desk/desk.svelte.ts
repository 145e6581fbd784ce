import { fromBase64Url } from '#lib/crypto/encoding.ts';
import { aboutWhom } from '#lib/domain/about.ts';
import { newAccountIn } from '#lib/domain/brought.ts';
import type { Change, Edit } from '#lib/domain/change.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, ChangeId } from '#lib/domain/ids.ts';
import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { calledIn } from '#lib/domain/called.ts';
import { pageIn } from '#lib/domain/pages.ts';
import { textIn } from '#lib/domain/texts.ts';
import type { OutboxRow, TrayRow } from '#lib/store/database.ts';
import { LiveQuery } from '#lib/store/live-query.svelte.ts';
import { mediaToSend } from '#lib/store/media-files.ts';
import { takeFromTray } from '#lib/store/outbox.ts';
import { unsignedOfOthers } from '#lib/store/writings.ts';
import { wordsIn } from '#lib/yjs/remint.ts';
import { doAnew } from '../pages/make-anew.ts';
import { mayTakeOver, takeOver } from './take-over.ts';
import { isSignedByAuthor } from './signed-by-author.ts';
import { done, failed, refused, type Result } from '../device/result.ts';
import { Arrived } from './arrived.svelte.ts';
import type { Item, Shown } from './item.ts';
import { refusedCopy } from './refused-copy.ts';
import { restoredCredential } from './restored-credential.ts';
import { SendProgress, type Progress } from './send-progress.svelte.ts';
import { changeOf, editOf } from '../work/view.ts';
import type { Bench } from '../work/bench.ts';

/** The state of sending, in one word and a number: the pill that is always in sight. */
export type SendState =
  | { readonly kind: 'all-sent' }
  | { readonly kind: 'waiting'; readonly count: number; readonly online: boolean; readonly since?: string }
  | { readonly kind: 'refused'; readonly count: number };

/** A change on its way. */
export interface WaitingItem extends Item {
  /** `tomorrow`: the relay takes no more of its author today (GA18). */
  readonly state: 'waiting' | 'accepted' | 'retry' | 'tomorrow' | 'will-be-refused';
  /** Instant (ISO 8601) since when it waits; known on this device only, until it is sent. */
  readonly since: string;
}

/** A change that was refused, with all that is needed to try again or to keep it. */
export interface TrayItem extends Item {
  readonly refusal: Refusal;
  readonly on: CalendarDate;
  /** Of a command. */
  readonly args?: Change['args'];
  /** Of an edit: what it wrote, or what of that has no place any more. */
  readonly words?: string;
  /** This person may take it over from its author (AD1). */
  readonly mayTakeOver: boolean;
}

/** What waits on this device, what arrived, and what was refused: nothing is lost silently (TR1–TR4). */
export class Desk {
  readonly #work: Bench;
  readonly #tray: LiveQuery<TrayRow[]>;
  /** WR1: their author's next turn signs them; one's own are signed at once. */
  readonly #unsigned: LiveQuery<number>;
  /** MT4: media that are announced and not whole at the relay. */
  readonly #files: LiveQuery<number>;
  /** NW6 */
  readonly #progress = new SendProgress();

  constructor(work: Bench) {
    this.#work = work;
    const { db } = work.app;
    this.#tray = new LiveQuery(() => db.tray.toArray(), []);
    this.#files = new LiveQuery(() => mediaToSend(db), 0, undefined, { rests: true });
    this.#unsigned = new LiveQuery(() => unsignedOfOthers(db, work.session.account), 0);
  }

  readonly waiting: readonly WaitingItem[] = $derived.by(() =>
    this.#seen(
      [
        ...this.#work.view.waiting.map(({ row, change, refusal }) => this.#waiting(row, change, refusal)),
        ...this.#work.view.edits.map(({ row, edit, refusal }) => this.#waiting(row, edit, refusal))
      ].sort((one, other) => one.since.localeCompare(other.since))
    )
  );

  /** Refused changes of this person first; for adults those of others who use this device, too (TR5). */
  readonly tray: readonly TrayItem[] = $derived.by(() => {
    const items = this.#tray.current.flatMap((row): TrayItem[] => {
      const change = changeOf(row) ?? editOf(row);
      if (!change) return [];
      const { refusal, on } = row;
      const said = 'args' in change ? { args: change.args } : { words: row.left ?? readable(row) };
      const item = { ...this.#item(row, change), refusal, on, ...said };
      return [{ ...item, mayTakeOver: mayTakeOver(this.#work, row, change) }];
    });
    return this.#seen(items).sort((a, b) => Number(b.mine) - Number(a.mine));
  });

  /** Of the tray what is no edit. */
  get refusedCommands(): readonly Pick<Change, 'name' | 'args'>[] {
    return this.tray.flatMap(({ name, args }) => (name === 'page.edit' || !args ? [] : [{ name, args }]));
  }

  /** What has arrived of this person's changes; whoever looks closes it. */
  arrived(): Arrived {
    const { app, session } = this.#work;
    return new Arrived(app.db, session.account, (row, change) => this.#item(row, change));
  }

  get send(): SendState {
    const refusals = this.tray.filter((item) => item.mine).length;
    if (refusals > 0) return { kind: 'refused', count: refusals };
    // Of everybody who uses this device: whoever holds it then brings it to the network.
    const { waiting, edits } = this.#work.view;
    const open = [...waiting, ...edits].filter(({ row }) => row.state.is !== 'accepted');
    const count = open.length + this.#unsigned.current + this.#files.current;
    if (count === 0) return { kind: 'all-sent' };
    const since = open.map(({ row }) => row.since).sort()[0];
    return {
      kind: 'waiting',
      count,
      online: this.#work.app.online,
      ...(since ? { since } : {})
    };
  }

  /**
   * TR2: makes the change anew, in its author's name: its original signature is verified first, the rules judge it as
   * things stand now, and only then it leaves the tray.
   */
  async tryAgain(id: ChangeId): Promise<Result<void>> {
    const row = this.#tray.current.find((candidate) => candidate.id === id);
    const change = row && changeOf(row);
    if (!row || !(change ?? editOf(row))) return failed('signature-wrong');
    if (row.actor !== this.#work.session.account) return refused(refuse('not-permitted'));
    if (!(await isSignedByAuthor(this.#work, row))) return failed('signature-wrong');
    if (!change) return doAnew(this.#work, row);
    const brought = row.signed.credential ? restoredCredential(change, row.signed.credential) : undefined;
    const again = await this.#work.submit(row.space, change.name, change.args, brought);
    if (!again.ok) return again;
    await takeFromTray(this.#work.app.db, id);
    return done(undefined);
  }

  /** AD1–AD3: takes it over in this person's name, with whatever fell with it. */
  async takeOver(id: ChangeId): Promise<Result<number>> {
    const row = this.#tray.current.find((candidate) => candidate.id === id);
    return row ? takeOver(this.#work, row, this.#tray.current) : failed('signature-wrong');
  }

  /** TR4: takes it off the tray; the answer puts it back. */
  async discard(id: ChangeId): Promise<() => Promise<void>> {
    const row = await takeFromTray(this.#work.app.db, id);
    return async () => {
      if (row) await this.#work.app.db.tray.put(row);
    };
  }

  /** TR3: what was refused, as a file to keep; undefined where it is in the tray no more. */
  async copyOf(id: ChangeId): Promise<File | undefined> {
    const item = this.tray.find((candidate) => candidate.id === id);
    return item && refusedCopy(this.#work.app.db, item);
  }

  /** NW6: how much of what waits has arrived; undefined while nothing has. */
  get progress(): Progress | undefined {
    return this.#progress.current;
  }

  /** The outbox has changed. */
  note(outbox: readonly OutboxRow[]): void {
    this.#progress.note(outbox.filter(({ state }) => state.is !== 'accepted').length);
  }

  close(): void {
    this.#tray.close();
    this.#unsigned.close();
    this.#files.close();
  }

  /** TR5: the work of others on this device is for adults to look after; a child sees their own. */
  #seen<T extends Item>(items: readonly T[]): T[] {
    const adult = this.#work.spaces.some(({ memberRole }) => isStaff(memberRole));
    return items.filter(({ mine }) => mine || adult);
  }

  #waiting(row: OutboxRow, change: Change | Edit, refusal: Refusal | undefined): WaitingItem {
    const state = refusal ? 'will-be-refused' : stateOf(row.state);
    return { ...this.#item(row, change), state, since: row.since };
  }

  #item(row: Parameters<Shown>[0], change: Parameters<Shown>[1]): Item {
    const { id, space, actor, name } = row;
    const state = this.#work.stateOf(space);
    const display = (account: AccountId): string => this.#work.nameOf(space, account);
    return {
      id,
      space,
      name,
      spaceName: state.members.meta.get('space')?.name ?? '',
      subject:
        'page' in change
          ? (pageIn(state, change.page)?.title ?? '')
          : newAccountIn(change)?.display ||
            textIn(change, 'label') ||
            calledIn(state, change) ||
            display(aboutWhom(change)),
      actorDisplay: display(actor),
      mine: actor === this.#work.session.account
    };
  }
}

/** What an edit wrote; of one that somebody spoiled on this device nothing can be read. */
function readable({ signed }: TrayRow): string {
  try {
    return wordsIn(fromBase64Url(signed.payload));
  } catch {
    return '';
  }
}

function stateOf(state: OutboxRow['state']): WaitingItem['state'] {
  return state.is === 'retry' && state.code === 'too-much-today' ? 'tomorrow' : state.is;
}
