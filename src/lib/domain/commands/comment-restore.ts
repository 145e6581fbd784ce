import { aboutComment, commentToLookAfter, isCommentGone, putCommentOf } from '../comments.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** CO4: what an adult took away an adult brings back within thirty days. */
export const commentRestore: MemberCommand<'comment.restore'> = {
  by: 'member',
  facts: { ...aboutComment, asks: ['approve-comment'] },
  sensitive: false,
  judge: (ground, { args, actor }, { role }) => {
    const comment = commentToLookAfter(ground, args, { account: actor, role });
    if (isRefusal(comment)) return comment;
    if (!comment.removed) return refuse('comment-not-removed');
    if (isCommentGone(comment, ground.now)) return refuse('restore-too-late');
    const { removed: _, ...said } = comment;
    return outcome(...putCommentOf(ground.state, args.comment, said));
  }
};
