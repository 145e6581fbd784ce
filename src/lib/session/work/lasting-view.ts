import { aboutWhom } from '#lib/domain/about.ts';
import type { Change } from '#lib/domain/change.ts';
import type { AccountId, ChangeId } from '#lib/domain/ids.ts';
import type { OutboxRow } from '#lib/store/database.ts';
import { Fold, type Eyes } from './fold.ts';
import { changeOf, type View, type ViewParts, type Waiting } from './view.ts';

/** What was folded last, and where it was judged. */
interface Folded {
  readonly fold: Fold;
  readonly version: number;
  readonly eyes: Eyes;
  readonly rows: readonly OutboxRow[];
  readonly waiting: ReadonlyMap<ChangeId, Waiting>;
}

/**
 * VI1, VI2: what a person sees: the outbox folded over what the relay has confirmed, with the rules that the relay will
 * apply. A change that the rules refuse here changes nothing in view; it is sent all the same, for the relay's word is
 * final.
 *
 * What was folded is kept: when the outbox has only grown, only what is new is read and judged, so that a class that
 * is added in many small steps costs each of them once.
 */
export class LastingView {
  #last: Folded | undefined;
  /** Changes as they were read: a stored change never changes. */
  #read: ReadonlyMap<ChangeId, Change | undefined> = new Map();

  /** @param version of the confirmed documents: another one when any of them has changed */
  of(version: number, { confirmed, directory, outbox, device, now, contained }: ViewParts): View {
    const rows = outbox.filter((row) => !contained(row));
    const eyes = { device, now };
    const last = this.#last && goesOn(this.#last, version, eyes, rows) ? this.#last : undefined;
    const fold = last?.fold ?? new Fold({ spaces: confirmed, directory });
    const read = new Map<ChangeId, Change | undefined>();
    const waiting: Waiting[] = [];
    for (const [at, row] of rows.entries()) {
      const change = this.#read.has(row.id) ? this.#read.get(row.id) : changeOf(row);
      read.set(row.id, change);
      if (!change) continue;
      const folded = last && at < last.rows.length;
      const refusal = folded ? last.waiting.get(row.id)?.refusal : fold.take(change, eyes);
      waiting.push({ row, change, about: aboutWhom(change), ...(refusal ? { refusal } : {}) });
    }
    this.#read = read;
    this.#last = { fold, version, eyes, rows, waiting: new Map(waiting.map((one) => [one.row.id, one])) };
    return { spaces: new Map(fold.spaces), directory: fold.directory, waiting };
  }
}

/** Whether all that was folded would be judged the same again, and comes first again. */
function goesOn(last: Folded, version: number, { device, now }: Eyes, rows: readonly OutboxRow[]): boolean {
  if (last.version !== version || last.eyes.now !== now || rows.length < last.rows.length) return false;
  const before = last.eyes.device;
  const { id, kind, owner, revoked } = device;
  if (before.id !== id || before.kind !== kind || before.owner !== owner || before.revoked !== revoked)
    return false;
  if (!last.rows.every((row, at) => row.id === rows[at]?.id)) return false;
  // Of the accounts that are held here only those count that have done something (KE4): others come with every batch.
  const held = (accounts: readonly AccountId[]) => {
    const set = new Set(accounts);
    return (actor: AccountId): boolean => set.has(actor);
  };
  const [was, is] = [held(before.accounts), held(device.accounts)];
  return [...new Set(last.rows.map(({ actor }) => actor))].every((actor) => was(actor) === is(actor));
}
