import { aboutComment, commentToLookAfter, putCommentOf } from '../comments.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** CO5: an adult says yes to what they have read: whoever reads the page reads the comment. */
export const commentApprove: MemberCommand<'comment.approve'> = {
  by: 'member',
  facts: { ...aboutComment, asks: ['approve-comment'] },
  sensitive: false,
  judge: (ground, { args, actor }, { role }) => {
    const comment = commentToLookAfter(ground, args, { account: actor, role });
    if (isRefusal(comment)) return comment;
    if (comment.removed) return refuse('comment-removed');
    if (!comment.waiting) return refuse('comment-not-waiting');
    const { read } = args;
    if (read && (read.by !== comment.by || read.text !== comment.text)) return refuse('comment-not-as-read');
    const { waiting: _, ...said } = comment;
    return outcome(...putCommentOf(ground.state, args.comment, said));
  }
};
