import { aboutWhom } from '#lib/domain/about.ts';
import type { Change } from '#lib/domain/change.ts';
import { decideEdit } from '#lib/domain/decide.ts';
import type { AccountId, ChangeId } from '#lib/domain/ids.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusals.ts';
import type { OutboxRow } from '#lib/store/database.ts';
import { Fold, type Circumstances } from './fold.ts';
import { Trial, type Judged } from './trial.ts';
import { emptySpace } from '#lib/domain/state.ts';
import { changeOf, editOf, type View, type ViewParts, type Waiting, type WaitingEdit } from './view.ts';

/** What was folded last, and where it was judged. */
interface Folded {
  readonly fold: Fold;
  readonly version: number;
  readonly circumstances: Circumstances;
  readonly rows: readonly OutboxRow[];
  readonly waiting: ReadonlyMap<ChangeId, Waiting>;
}

/**
 * VI1, VI2: what a person sees: the outbox folded over what the relay has confirmed, with the rules that the relay will
 * apply. A change that the rules refuse here changes nothing in view; it is sent all the same, for the relay's word is
 * final.
 *
 * What was folded is kept: when the outbox has only grown, only what is new is read and judged, so that a class that
 * is added in many small steps costs each of them once. What was judged before it was stored is not even that.
 */
export class LastingView {
  #last: Folded | undefined;
  /** Changes as they were read: a stored change never changes. */
  #read: ReadonlyMap<ChangeId, Change | undefined> = new Map();
  /** What was judged and is being stored. */
  readonly #judged = new Map<ChangeId, Judged>();

  /** @param version of the confirmed documents: another one when any of them has changed */
  of(version: number, { confirmed, directory, outbox, device, now, contained }: ViewParts): View {
    const open = outbox.filter((row) => !contained(row));
    const rows = open.filter(({ page }) => page === undefined);
    const circumstances = { device, now };
    const last = this.#last && holdsStill(this.#last, version, circumstances, rows) ? this.#last : undefined;
    const fold = last?.fold ?? new Fold({ spaces: confirmed, directory });
    const read = new Map<ChangeId, Change | undefined>();
    const waiting: Waiting[] = [];
    /** The last change that was folded in as it had been judged. */
    let asJudged: Judged | undefined;
    for (const [at, row] of rows.entries()) {
      const judged = this.#judged.get(row.id);
      const change = judged?.change ?? (this.#read.has(row.id) ? this.#read.get(row.id) : changeOf(row));
      read.set(row.id, change);
      if (!change) continue;
      let refusal: Refusal | undefined;
      if (last && at < last.rows.length) refusal = last.waiting.get(row.id)?.refusal;
      else if (judged && counts(judged, asJudged, fold, rows[at - 1]?.id, circumstances)) {
        fold.write(judged.decision, change.space);
        asJudged = judged;
      } else {
        const decision = fold.take(change, circumstances);
        if (isRefusal(decision)) refusal = decision;
      }
      waiting.push({ row, change, about: aboutWhom(change), ...(refusal ? { refusal } : {}) });
      this.#judged.delete(row.id);
    }
    this.#read = read;
    const byId = new Map(waiting.map((one) => [one.row.id, one]));
    this.#last = { fold, version, circumstances, rows, waiting: byId };
    const edits = open.filter(({ page }) => page !== undefined);
    return {
      spaces: new Map(fold.spaces),
      directory: fold.directory,
      waiting,
      edits: edits.flatMap((row) => judged(row, fold, circumstances) ?? [])
    };
  }

  /** A trial on what was in view last. */
  trial(): Trial {
    if (!this.#last) throw new Error('something was tried before anything was in view');
    return new Trial({ fold: this.#last.fold, last: this.#last.rows.at(-1)?.id });
  }

  /** What was judged in a trial is being stored; the answer forgets it, where it could not be. */
  expect(judged: readonly Judged[]): () => void {
    for (const one of judged) this.#judged.set(one.change.id, one);
    return () => {
      for (const one of judged) this.#judged.delete(one.change.id);
    };
  }
}

/** An edit writes nothing that is folded: it is judged on what all commands come to. */
function judged(row: OutboxRow, fold: Fold, { device, now }: Circumstances): WaitingEdit | undefined {
  const edit = editOf(row);
  if (!edit) return undefined;
  const state = fold.spaces.get(edit.space) ?? emptySpace(edit.space);
  const surroundings = { devices: [device], now, directory: fold.directory, elsewhere: () => undefined };
  const refusal = decideEdit(state, edit, surroundings);
  return { row, edit, ...(refusal ? { refusal } : {}) };
}

/** Whether it comes next on just what it was judged on, and would be judged the same. */
function counts(
  { on, change, circumstances }: Judged,
  asJudged: Judged | undefined,
  fold: Fold,
  last: ChangeId | undefined,
  now: Circumstances
): boolean {
  const next = 'fold' in on ? on.fold === fold && on.last === last : on === asJudged;
  return next && judgeAlike(circumstances, now, [change.actor]);
}

/** Whether all that was folded would be judged the same again, and comes first again. */
function holdsStill(
  last: Folded,
  version: number,
  circumstances: Circumstances,
  rows: readonly OutboxRow[]
): boolean {
  if (last.version !== version || rows.length < last.rows.length) return false;
  if (!last.rows.every((row, at) => row.id === rows[at]?.id)) return false;
  return judgeAlike(last.circumstances, circumstances, new Set(last.rows.map(({ actor }) => actor)));
}

/** Whether what these accounts have done is judged the same in both. */
function judgeAlike(one: Circumstances, other: Circumstances, actors: Iterable<AccountId>): boolean {
  const { id, kind, owner, revoked } = one.device;
  const { device } = other;
  if (one.now !== other.now || device.id !== id || device.kind !== kind) return false;
  if (device.owner !== owner || device.revoked !== revoked) return false;
  // Of the accounts that are held here only those count that have done something (KE4): others come with every batch.
  const [held, heldToo] = [new Set(one.device.accounts), new Set(device.accounts)];
  return [...actors].every((actor) => held.has(actor) === heldToo.has(actor));
}
