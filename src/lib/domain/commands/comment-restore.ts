import { aboutComment, commentToChange, isCommentGone, putCommentOf } from '../comments.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** CO4: what an adult took away an adult brings back within thirty days. */
export const commentRestore: MemberCommand<'comment.restore'> = {
  by: 'member',
  facts: { ...aboutComment, asks: ['approve-comment'] },
  sensitive: false,
  judge: (ground, { args, actor }, { role }) => {
    const allowed = can(role, 'approve-comment');
    if (isRefusal(allowed)) return allowed;
    const comment = commentToChange(ground, args, { account: actor, role });
    if (isRefusal(comment)) return comment;
    if (!comment.removed) return refuse('comment-not-removed');
    if (isCommentGone(comment, ground.now)) return refuse('restore-too-late');
    const { removed: _, ...said } = comment;
    return outcome(...putCommentOf(ground.state, args.comment, said));
  }
};
