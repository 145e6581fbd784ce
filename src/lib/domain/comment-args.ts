import type { AccountId, BlockId, CommentId, PageId } from './ids.ts';
import type { Passage, ReactionKind } from './records.ts';

/** The arguments of the commands with which something is said of a page. */
export interface CommentArgs {
  /** CO1: absent `about`: of the page as a whole. */
  'comment.add': {
    readonly page: PageId;
    readonly comment: CommentId;
    readonly text: string;
    readonly about?: Passage;
  };
  'comment.edit': { readonly page: PageId; readonly comment: CommentId; readonly text: string };
  'comment.remove': { readonly page: PageId; readonly comment: CommentId };
  'comment.restore': { readonly page: PageId; readonly comment: CommentId };
  /** CO5: `read`: what stood there when it was read; whose it is stands in the change, so that erasing them finds it (ER5). */
  'comment.approve': {
    readonly page: PageId;
    readonly comment: CommentId;
    readonly read?: { readonly by: AccountId; readonly text: string };
  };
  /** CO6: absent `reaction`: the actor takes theirs away. */
  'reaction.set': { readonly page: PageId; readonly block?: BlockId; readonly reaction?: ReactionKind };
}
