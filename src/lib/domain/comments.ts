import { plusDays, type CalendarDate } from './dates.ts';
import type { Actor } from './effective-role.ts';
import type { AccountId, BlockId, CommentId, PageId } from './ids.ts';
import { hiddenIn, linkIn, visibleIn, withoutHidden } from './names.ts';
import { isOpen, pageIn, pageTarget } from './pages.ts';
import { can, type Target } from './permissions.ts';
import type { Put } from './puts.ts';
import type { Comment, Page, Passage } from './records.ts';
import { isRefusal, refuse, type Refusal } from './refusals.ts';
import { isStaff } from './roles.ts';
import { putComment } from './said.ts';
import { settingsOf, type SpaceState } from './state.ts';

/** CO1: the longest comment, in code points. */
export const longestComment = 500;
/** CO2: so much of a paragraph is quoted, in code points. */
export const longestQuote = 200;
/** CO8: so many comments stand in a TwinSpace and at one page at most, those taken away among them; and so many signs. */
export const mostComments = 10_000;
export const mostPageComments = 500;
export const mostReactions = 20_000;
/** CO8: so many of them are one pupil's, and so many comments at one page, so that nobody shuts others out. */
export const mostOwn = 1_000;
export const mostOwnPageComments = 100;
/** CO8: so many UTF-16 code units have the words and quotes of all together, and of one pupil: they are on every device. */
export const mostUnits = 1_000_000;
export const mostOwnUnits = 50_000;
/** CO4: so many days one that staff took away can be brought back. */
export const commentTrashDays = 30;

/** What every command says of itself that is about a comment that is there. */
export const aboutComment = {
  since: 7,
  about: ({ page }: { readonly page: PageId }) => ({ is: 'page', id: page }) as const,
  makes: 'nothing',
  log: { kind: 'pages' },
  pages: ({ page }: { readonly page: PageId }) => [page],
  comments: ({ comment }: { readonly comment: CommentId }) => [comment]
} as const;

/** CO1: why it is no comment: 1 to 500 code points, one of them visible, no hidden signs but line breaks, no address. */
export function commentProblem(text: string): Refusal | undefined {
  if (!visibleIn(text)) return refuse('comment-empty');
  if ([...text].length > longestComment)
    return refuse('comment-too-long', { longest: String(longestComment) });
  if (text.split('\n').some(hiddenIn)) return refuse('comment-hidden-sign');
  return linkIn(text) ? refuse('comment-link') : undefined;
}

/** CO2: whether words of a paragraph may be quoted so; empty where it had none. */
export function isQuote(text: string): boolean {
  return [...text].length <= longestQuote && !hiddenIn(text);
}

/** CO2: the words of a paragraph as they are quoted: on one line, without hidden signs, shortened. */
export function quoteOf(words: string): string {
  const signs = [...withoutHidden(words.replace(/\p{White_Space}+/gu, ' ').trim())];
  if (signs.length <= longestQuote) return signs.join('');
  // A picture made of several may have been cut: what joined them joins nothing now.
  return withoutHidden(`${signs.slice(0, longestQuote - 1).join('')}…`);
}

/** The comment, as much of it as is known here. */
export function commentIn({ members, staff }: SpaceState, id: CommentId): Comment | undefined {
  return staff.comments.get(id) ?? members.comments.get(id);
}

/** CO4: whether it was taken away so long ago that nobody brings it back. */
export function isCommentGone({ removed }: Pick<Comment, 'removed'>, now: CalendarDate): boolean {
  return removed !== undefined && plusDays(removed.on, commentTrashDays) < now;
}

/** Who says something of a page. */
type Speaker = Pick<Actor, 'role'> & { readonly account: AccountId };

/** RD4, CO1: the page, if this person may read it; one in the trash nobody speaks of. */
export function pageToSpeakOf(
  state: SpaceState,
  id: PageId,
  { account, role }: Speaker,
  now: CalendarDate
): Page | Refusal {
  const page = pageIn(state, id);
  if (!page) return refuse('page-unknown');
  if (page.trashed) return refuse('page-trashed');
  const reads = !page.draft || isStaff(role) || pageTarget(state, page, account, now).permitted;
  return reads ? page : refuse('only-permitted-pages');
}

/** What a permission to speak may depend on. */
export function speakingTarget(state: SpaceState): Target {
  return { settings: settingsOf(state) };
}

/** CO5: whether what somebody of this role says waits for an adult's yes. */
export function waitsForYes(state: SpaceState, { role }: Pick<Speaker, 'role'>): boolean {
  return !isStaff(role) && settingsOf(state).commentApproval;
}

/** CO2: the passage may stand so in a comment. */
export function isPassage({ quote }: Passage): boolean {
  return isQuote(quote);
}

/** CO8: the words of a comment and what it quotes, in UTF-16 code units; of one that was taken away none. */
export function unitsOf({ text, about, removed }: Pick<Comment, 'text' | 'about' | 'removed'>): number {
  return removed ? 0 : text.length + (about?.quote.length ?? 0);
}

/** CO8: how many comments there are, and how long: all, one person's, those of a page, their own there. */
function tally({ members, staff }: SpaceState, account: AccountId, page?: PageId) {
  const found = { all: 0, own: 0, here: 0, ownHere: 0, last: 0, units: 0, ownUnits: 0 };
  // This is judged for every comment, and there are thousands: they are read once, and not copied.
  const measure = (comment: Comment): void => {
    const units = unitsOf(comment);
    found.units += units;
    if (comment.by === account) found.ownUnits += units;
  };
  const count = (comment: Comment): void => {
    const isHere = comment.page === page;
    const isOwn = comment.by === account;
    found.all += 1;
    found.own += Number(isOwn);
    found.here += Number(isHere);
    found.ownHere += Number(isHere && isOwn);
    if (isHere) found.last = Math.max(found.last, comment.place);
  };
  members.comments.forEach((comment) => {
    measure(comment);
    count(comment);
  });
  staff.comments.forEach((comment, key) => {
    measure(comment);
    // One that waits stands with both, with its words here alone.
    if (!members.comments.has(key)) count(comment);
  });
  return found;
}

/** CO8: where this person's next comment of the page, so long with its quote, stands, where there is room for it. */
export function placeFor(
  state: SpaceState,
  page: PageId,
  { account, role }: Speaker,
  units: number
): number | Refusal {
  const found = tally(state, account, page);
  const { all, own, here, ownHere, last } = found;
  if (all >= mostComments || here >= mostPageComments) return refuse('too-many-comments');
  if (!isStaff(role) && (own >= mostOwn || ownHere >= mostOwnPageComments)) return refuse('too-many-own');
  return noRoomIn(found, role, units) ?? last + 1;
}

/** CO8: whether there is no room for so many more code units of this person's. */
export function noRoomForWords(
  state: SpaceState,
  { account, role }: Speaker,
  units: number
): Refusal | undefined {
  return units > 0 ? noRoomIn(tally(state, account), role, units) : undefined;
}

function noRoomIn(found: ReturnType<typeof tally>, role: Speaker['role'], more: number): Refusal | undefined {
  if (found.units + more > mostUnits) return refuse('too-many-comments');
  return !isStaff(role) && found.ownUnits + more > mostOwnUnits ? refuse('too-many-own') : undefined;
}

/** CO8: whether there is no room for one more reaction of this person. */
export function noRoomForReaction(
  { members, staff }: SpaceState,
  { account, role }: Speaker
): Refusal | undefined {
  const all = members.reactions.size + staff.reactions.size;
  if (all >= mostReactions) return refuse('too-many-comments');
  if (isStaff(role) || all < mostOwn) return undefined;
  let own = 0;
  for (const reactions of [members.reactions, staff.reactions])
    reactions.forEach(({ by }) => (own += Number(by === account)));
  return own >= mostOwn ? refuse('too-many-own') : undefined;
}

/** CO3: the comment where it belongs, by where its page's record stands. */
export function putCommentOf(state: SpaceState, key: CommentId, comment: Comment): readonly Put[] {
  const page = pageIn(state, comment.page);
  return putComment(state, key, comment, page !== undefined && isOpen(state, page));
}

/** The comment of this page, where the person may read the page; with the page. */
export function commentToChange(
  { state, now }: { readonly state: SpaceState; readonly now: CalendarDate },
  { page: id, comment: key }: { readonly page: PageId; readonly comment: CommentId },
  speaker: Speaker
): Comment | Refusal {
  const page = pageToSpeakOf(state, id, speaker, now);
  if (isRefusal(page)) return page;
  const comment = commentIn(state, key);
  return comment?.page === id ? comment : refuse('comment-unknown');
}

/** PE39: the same for whoever says yes to comments and brings them back. */
export function commentToLookAfter(
  ground: Parameters<typeof commentToChange>[0],
  args: Parameters<typeof commentToChange>[1],
  speaker: Speaker
): Comment | Refusal {
  const allowed = can(speaker.role, 'approve-comment');
  return isRefusal(allowed) ? allowed : commentToChange(ground, args, speaker);
}

/** PE38: whether somebody may take a comment away. */
export function mayRemoveComment({ account, role }: Speaker, { by }: Pick<Comment, 'by'>): true | Refusal {
  return can(role, 'remove-comment', { mine: by === account });
}

/** CO6: under which key a member's sign for a page, or a paragraph, stands. */
export function reactionKey(page: PageId, account: AccountId, block?: BlockId): string {
  return block === undefined ? `${page}/${account}` : `${page}/${account}/${block}`;
}
