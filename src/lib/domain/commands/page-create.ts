import { depthUnder, isOrder, isTitle, mostDepth, mostPages, pageIn, pageTarget, putPage } from '../pages.ts';
import { areAuthors } from '../page-origin.ts';
import { frozenFor } from '../page-writing.ts';
import { can } from '../permissions.ts';
import type { Page } from '../records.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { isStaff } from '../roles.ts';
import { outcome, type MemberCommand } from './command.ts';

/** PA1, PA3: an adult makes a page; a pupil administrator one under a page that was given to them, which is theirs to write. */
export const pageCreate: MemberCommand<'page.create'> = {
  by: 'member',
  facts: {
    since: 4,
    argsSince: ({ from }) => (from === undefined ? 4 : 7),
    asks: ['create-page', 'take-space'],
    about: ({ page }) => ({ is: 'page', id: page }),
    makes: ({ page }) => page,
    log: { kind: 'pages' },
    pages: ({ page, parent }) => (parent === undefined ? [page] : [page, parent]),
    texts: { title: 'called', order: 'other' }
  },
  sensitive: false,
  mayBeTakenOver: () => true,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const { page: id, title, parent, order, draft, from } = args;
    const over = parent === undefined ? undefined : pageIn(state, parent);
    const allowed = can(role, 'create-page', over && pageTarget(state, over, actor, now));
    if (isRefusal(allowed)) return allowed;
    const reads = from === undefined ? true : can(role, 'take-space');
    if (isRefusal(reads)) return reads;
    const there = pageIn(state, id);
    // FA10: only an administrator says from where, so that nobody else's page is taken for it.
    if (there) return refuse(from && there.from?.on === from.on ? 'here-already' : 'page-exists');
    if (state.members.pages.size + state.staff.pages.size >= mostPages) return refuse('too-many-pages');
    if (!isTitle(title)) return refuse('display-invalid');
    if (!isOrder(order) || (from && !areAuthors(from))) return refuse('malformed');
    if (over?.trashed) return refuse('page-trashed');
    const frozen = over && frozenFor(state, over, actor, role, now);
    if (frozen) return frozen;
    const depth = depthUnder(state, parent);
    if (depth === undefined) return refuse('page-unknown');
    if (depth >= mostDepth) return refuse('pages-too-deep');
    const base = { title, ...(parent === undefined ? {} : { parent }), order, owner: actor, on: now };
    if (isStaff(role))
      return outcome(
        ...putPage(state, id, {
          ...base,
          ...(draft ? { draft } : {}),
          editors: [],
          ...(from ? { from } : {})
        })
      );
    // PA3: as open as the page above it, and given to whoever made it.
    const editors: Page['editors'] = [{ to: { is: 'member', account: actor }, by: actor, on: now }];
    return outcome(...putPage(state, id, { ...base, ...(over?.draft ? { draft: true } : {}), editors }));
  }
};
