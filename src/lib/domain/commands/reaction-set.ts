import { noRoomForReaction, pageToSpeakOf, reactionKey, speakingTarget } from '../comments.ts';
import { isOpen } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal } from '../refusals.ts';
import { putReaction } from '../said.ts';
import { outcome, type MemberCommand } from './command.ts';

/** CO6: whoever may read a page says one thing of it, or of a paragraph, with a sign; another takes its place. */
export const reactionSet: MemberCommand<'reaction.set'> = {
  by: 'member',
  facts: {
    since: 7,
    asks: ['react'],
    about: ({ page }) => ({ is: 'page', id: page }),
    makes: 'nothing',
    log: 'unlogged',
    pages: ({ page }) => [page]
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const { page: id, block, reaction: kind } = args;
    const allowed = can(role, 'react', speakingTarget(state));
    if (isRefusal(allowed)) return allowed;
    const speaker = { account: actor, role };
    const page = pageToSpeakOf(state, id, speaker, now);
    if (isRefusal(page)) return page;
    const key = reactionKey(id, actor, block);
    const { members, staff } = state;
    const known = members.reactions.has(key) || staff.reactions.has(key);
    const full = known ? undefined : noRoomForReaction(state, speaker);
    if (full) return full;
    const reaction = kind ? { page: id, by: actor, kind, ...(block === undefined ? {} : { block }) } : null;
    return outcome(...putReaction(state, key, reaction, isOpen(state, page)));
  }
};
