import { aboutComment, commentToChange, mayRemoveComment, putCommentOf } from '../comments.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { dropComment } from '../said.ts';
import { outcome, type MemberCommand } from './command.ts';

/** CO4: whoever said it takes it back, and nothing of it stays; what staff take away of others they can bring back. */
export const commentRemove: MemberCommand<'comment.remove'> = {
  by: 'member',
  facts: { ...aboutComment, asks: ['remove-comment'] },
  sensitive: false,
  judge: (ground, { args, actor }, { role }) => {
    const { state, now } = ground;
    const { comment: key } = args;
    const speaker = { account: actor, role };
    const comment = commentToChange(ground, args, speaker);
    if (isRefusal(comment)) return comment;
    const allowed = mayRemoveComment(speaker, comment);
    if (isRefusal(allowed)) return allowed;
    if (comment.removed) return refuse('comment-removed');
    if (comment.by === actor) return outcome(...dropComment(state, key));
    return outcome(...putCommentOf(state, key, { ...comment, removed: { by: actor, on: now } }));
  }
};
