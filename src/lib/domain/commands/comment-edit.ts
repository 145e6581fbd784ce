import {
  aboutComment,
  commentProblem,
  commentToChange,
  noRoomForWords,
  putCommentOf,
  speakingTarget,
  waitsForYes
} from '../comments.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** CO4: whoever said it says it otherwise, and nobody else; it waits again where what pupils say waits. */
export const commentEdit: MemberCommand<'comment.edit'> = {
  by: 'member',
  facts: { ...aboutComment, asks: ['comment'], texts: { text: 'words' } },
  sensitive: false,
  judge: (ground, { args, actor }, { role }) => {
    const { state, now } = ground;
    const { comment: key, text } = args;
    const speaker = { account: actor, role };
    const allowed = can(role, 'comment', speakingTarget(state));
    if (isRefusal(allowed)) return allowed;
    const comment = commentToChange(ground, args, speaker);
    if (isRefusal(comment)) return comment;
    if (comment.by !== actor) return refuse('comment-not-yours');
    if (comment.removed) return refuse('comment-removed');
    const problem = commentProblem(text);
    if (problem) return problem;
    const full = noRoomForWords(state, speaker, text.length - comment.text.length);
    if (full) return full;
    const { waiting: _, ...said } = comment;
    const waits = waitsForYes(state, speaker) ? { waiting: true as const } : {};
    return outcome(...putCommentOf(state, key, { ...said, text, edited: now, ...waits }));
  }
};
