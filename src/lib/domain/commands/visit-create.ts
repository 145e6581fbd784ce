import { plusDays } from '../dates.ts';
import { isDisplay } from '../names.ts';
import { pageIn } from '../pages.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { aboutVisit, longestVisit, mostVisits, visitStatus } from '../visits.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PU5: an administrator gives visitors a link to all that is published, or to pages that are. */
export const visitCreate: MemberCommand<'visit.create'> = {
  by: 'member',
  facts: {
    ...aboutVisit,
    log: { kind: 'links', detail: ({ expires }) => ({ expires }) },
    pages: ({ pages }) => (pages === 'all' ? [] : pages),
    texts: { label: 'label' }
  },
  sensitive: true,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const allowed = can(role, 'give-visitor-link');
    if (isRefusal(allowed)) return allowed;
    const { visit, label, secretHash, expires, pages } = args;
    if (!isDisplay(label)) return refuse('display-invalid');
    if (expires < now || expires > plusDays(now, longestVisit)) return refuse('visit-expiry');
    const visits = [...state.staff.visits.values()];
    if (state.staff.visits.has(visit) || visits.some((one) => one.secretHash === secretHash))
      return refuse('visit-exists');
    if (visits.filter((one) => visitStatus(one, now) === 'open').length >= mostVisits)
      return refuse('too-many-visits');
    if (pages !== 'all' && !pages.every((page) => pageIn(state, page)?.published))
      return refuse('page-not-published');
    const value = { label, by: actor, on: now, secretHash, expires, pages };
    return outcome({ doc: 'staff', map: 'visits', key: visit, value });
  }
};
