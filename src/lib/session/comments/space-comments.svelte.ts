import { commentIn, commentProblem, quoteOf, waitsForYes } from '#lib/domain/comments.ts';
import type { AccountId, BlockId, CommentId, PageId, SpaceId } from '#lib/domain/ids.ts';
import type { Passage, ReactionKind } from '#lib/domain/records.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { settingsOf } from '#lib/domain/state.ts';
import { refused, type Result } from '../device/result.ts';
import type { Bench } from '../work/bench.ts';
import { may, roleIn } from '../work/may.ts';
import { submitAll } from '../work/submit-all.ts';
import type { Wish } from '../work/wish.ts';
import { commentRows, commentsToRead, reactionRows } from './comment-rows.ts';
import type { CommentRow, CommentToRead, ReactionRow, Reader } from './comment-rows.ts';

/** A paragraph about which somebody wants to say something. */
export interface Aimed {
  readonly block: BlockId;
  /** Its words, of any length. */
  readonly words: string;
}

/** What was said of the pages of a TwinSpace, and what the signed-in person can do about it. */
export class SpaceComments {
  readonly #work: Bench;
  readonly #space: SpaceId;

  constructor(work: Bench, space: SpaceId) {
    this.#work = work;
    this.#space = space;
  }

  /** CO7: whether anything is said of pages here. */
  get on(): boolean {
    return settingsOf(this.#work.stateOf(this.#space)).comments !== 'none';
  }

  /** CO5: what this person says waits for an adult's yes. */
  get waits(): boolean {
    const role = roleIn(this.#work, this.#space);
    return waitsForYes(this.#work.stateOf(this.#space), { role });
  }

  /** PE36 */
  get mayComment(): true | Refusal {
    return may(this.#work, this.#space, 'comment');
  }

  /** PE37 */
  get mayReact(): true | Refusal {
    return may(this.#work, this.#space, 'react');
  }

  /** PE38, PE39: this person takes away what others said, says yes to it and brings it back. */
  get looksAfter(): boolean {
    return this.mayApprove === true;
  }

  /** PE39 */
  get mayApprove(): true | Refusal {
    return may(this.#work, this.#space, 'approve-comment');
  }

  /** CO5: how many wait on each page, for whoever says yes to them. */
  get waiting(): ReadonlyMap<PageId, number> {
    const waiting = new Map<PageId, number>();
    for (const { page } of this.toRead) waiting.set(page, (waiting.get(page) ?? 0) + 1);
    return waiting;
  }

  /** CO5: all that wait, for whoever says yes to them: longest waiting first. */
  readonly toRead: readonly CommentToRead[] = $derived.by(() =>
    this.looksAfter
      ? commentsToRead(this.#work.stateOf(this.#space), (one) => this.#work.nameOf(this.#space, one))
      : []
  );

  rows(page: PageId): readonly CommentRow[] {
    return commentRows(this.#work.stateOf(this.#space), page, this.#reader, this.#work.view.waiting);
  }

  reactions(page: PageId): readonly ReactionRow[] {
    return reactionRows(this.#work.stateOf(this.#space), page, this.#reader);
  }

  add(page: PageId, text: string, aimed?: Aimed): Promise<Result<void>> {
    const about = aimed && { block: aimed.block, quote: quoteOf(aimed.words) };
    return this.#add(page, text, about);
  }

  edit(page: PageId, comment: CommentId, text: string): Promise<Result<void>> {
    return this.#do({ name: 'comment.edit', args: { page, comment, text: text.trim() } });
  }

  /** CO4. The answer brings it back. */
  async remove(
    page: PageId,
    row: Pick<CommentRow, 'id' | 'mine'>
  ): Promise<Result<() => Promise<Result<void>>>> {
    const { id: comment, mine } = row;
    const known = commentIn(this.#work.stateOf(this.#space), comment);
    const { text = '', about } = known ?? {};
    const answer = await this.#do({ name: 'comment.remove', args: { page, comment } });
    if (!answer.ok) return answer;
    // One's own is gone for good, and is said once more.
    const back = (): Promise<Result<void>> =>
      mine ? this.#add(page, text, about) : this.restore(page, comment);
    return { ok: true, value: back };
  }

  restore(page: PageId, comment: CommentId): Promise<Result<void>> {
    return this.#do({ name: 'comment.restore', args: { page, comment } });
  }

  /** CO5: yes to these, each as it was read. */
  approve(comments: readonly Pick<CommentToRead, 'id' | 'page' | 'by' | 'text'>[]): Promise<Result<void>> {
    const wishes = comments.map(({ id: comment, page, by, text }): Wish => ({
      name: 'comment.approve',
      args: { page, comment, read: { by, text } }
    }));
    return submitAll(this.#work, this.#space, wishes);
  }

  /** CO6: without a sign: it is taken away. */
  react(page: PageId, reaction: ReactionKind | undefined, block?: BlockId): Promise<Result<void>> {
    const args = { page, ...(block ? { block } : {}), ...(reaction ? { reaction } : {}) };
    return this.#do({ name: 'reaction.set', args });
  }

  /** HI1 */
  handIn(page: PageId, handed: boolean): Promise<Result<void>> {
    return this.#do({ name: 'page.hand-in', args: { page, handed } });
  }

  /** HI2: with what there is to say of it, or without. */
  async giveBack(page: PageId, answer: string): Promise<Result<void>> {
    const back: Wish = { name: 'page.give-back', args: { page } };
    const text = answer.trim();
    if (text === '') return this.#do(back);
    const problem = commentProblem(text);
    if (problem) return refused(problem);
    const comment = crypto.randomUUID() as CommentId;
    return submitAll(this.#work, this.#space, [{ name: 'comment.add', args: { page, comment, text } }, back]);
  }

  /** HI1: whether this person hands pages in at all. */
  get handsIn(): boolean {
    return !isStaff(roleIn(this.#work, this.#space));
  }

  #add(page: PageId, text: string, about?: Passage): Promise<Result<void>> {
    const comment = crypto.randomUUID() as CommentId;
    const args = { page, comment, text: text.trim(), ...(about ? { about } : {}) };
    return this.#do({ name: 'comment.add', args });
  }

  get #reader(): Reader {
    const { me, today } = this.#work;
    const role = roleIn(this.#work, this.#space);
    const nameOf = (one: AccountId): string => this.#work.nameOf(this.#space, one);
    return { account: me.account, role, today, nameOf };
  }

  #do(wish: Wish): Promise<Result<void>> {
    return submitAll(this.#work, this.#space, [wish]);
  }
}
