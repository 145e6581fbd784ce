import { fullKeyProblem } from '../full-key.ts';
import { refuse } from '../refusals.ts';
import { activeMember } from '../state.ts';
import type { MemberCommand } from './command.ts';
import { ended } from './member-remove.ts';

/** ME8: an adult leaves; a pupil is taken out by whoever may. For 30 days an administrator can bring them back. */
export const memberLeave: MemberCommand<'member.leave'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: [],
    about: 'actor',
    makes: 'nothing',
    log: { kind: 'members' }
  },
  sensitive: true,
  whileArchived: true,
  judge: (ground, { actor }, standing) => {
    const member = activeMember(ground.state, actor);
    if (!member || ground.directory.public(actor)?.custody.kind !== 'self') return refuse('not-permitted');
    // RO3, RO4: a password typed on somebody else's device is not worth a membership.
    if (standing.capped) return refuse(standing.capped.by);
    return fullKeyProblem(standing) ?? ended(ground, actor, member);
  }
};
