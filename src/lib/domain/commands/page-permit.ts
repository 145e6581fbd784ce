import { dayOf, plusDays } from '../dates.ts';
import {
  aboutPage,
  groupsOf,
  longestGrant,
  mostGrants,
  pageIn,
  pageTarget,
  putPage,
  withGrant
} from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { activeMember } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA5: an administrator, or a teacher whose page it is, gives it to somebody to write in; PA11: for good, or until a time. */
export const pagePermit: MemberCommand<'page.permit'> = {
  by: 'member',
  facts: {
    ...aboutPage,
    asks: ['give-page-permission'],
    log: { kind: 'pages', detail: ({ to }) => ({ to: to.is }) },
    groups: ({ to }) => groupsOf(to)
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const { page: id, to, until } = args;
    const page = pageIn(state, id);
    const allowed = can(role, 'give-page-permission', page && pageTarget(state, page, actor, now));
    if (isRefusal(allowed)) return allowed;
    if (!page) return refuse('page-unknown');
    if (page.trashed) return refuse('page-trashed');
    if (to.is === 'member' && !activeMember(state, to.account)) return refuse('editor-unknown');
    if (to.is === 'group' && !state.members.groups.has(to.group)) return refuse('group-unknown');
    if (until !== undefined && dayOf(until) > plusDays(now, longestGrant)) return refuse('date-invalid');
    const given = withGrant(page, { to, by: actor, on: now, ...(until === undefined ? {} : { until }) });
    if (given.editors.length > mostGrants) return refuse('too-many-editors');
    return outcome(...putPage(state, id, given));
  }
};
