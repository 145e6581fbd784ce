import {
  commentIn,
  commentProblem,
  isPassage,
  pageToSpeakOf,
  placeFor,
  putCommentOf,
  speakingTarget,
  unitsOf,
  waitsForYes
} from '../comments.ts';
import { can } from '../permissions.ts';
import type { Comment } from '../records.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** CO1: whoever may read a page says something of it, where the TwinSpace lets them. */
export const commentAdd: MemberCommand<'comment.add'> = {
  by: 'member',
  facts: {
    since: 7,
    asks: ['comment'],
    about: ({ page }) => ({ is: 'page', id: page }),
    makes: ({ comment }) => comment,
    log: { kind: 'pages' },
    pages: ({ page }) => [page],
    comments: ({ comment }) => [comment],
    texts: { text: 'words' }
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const { page, comment: key, text, about } = args;
    const allowed = can(role, 'comment', speakingTarget(state));
    if (isRefusal(allowed)) return allowed;
    const speaker = { account: actor, role };
    const readable = pageToSpeakOf(state, page, speaker, now);
    if (isRefusal(readable)) return readable;
    const problem = commentProblem(text);
    if (problem) return problem;
    if (about && !isPassage(about)) return refuse('malformed');
    if (commentIn(state, key)) return refuse('comment-exists');
    const place = placeFor(state, page, speaker, unitsOf(args));
    if (isRefusal(place)) return place;
    const said: Comment = { page, by: actor, on: now, place, text };
    const comment: Comment = about ? { ...said, about } : said;
    const waits = waitsForYes(state, speaker);
    return outcome(...putCommentOf(state, key, waits ? { ...comment, waiting: true } : comment));
  }
};
