import { mostMedia, putMedia, roomFor } from '../media.ts';
import { pageIn } from '../pages.ts';
import { can } from '../permissions.ts';
import type { Media } from '../records.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { isStaff } from '../roles.ts';
import { settingsOf } from '../state.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ML1: a member announces a picture, a film or a sound; its bytes follow. */
export const mediaAdd: MemberCommand<'media.add'> = {
  by: 'member',
  facts: {
    since: 5,
    asks: ['add-media'],
    about: ({ media }) => ({ is: 'media', id: media }),
    makes: ({ media }) => media,
    log: { kind: 'media' },
    pages: ({ page }) => (page === undefined ? [] : [page])
  },
  sensitive: false,
  mayBeTakenOver: () => true,
  judge: (ground, { args, actor }, { role }) => {
    const { state, now } = ground;
    const { media: id, ...announced } = args;
    const allowed = can(role, 'add-media');
    if (isRefusal(allowed)) return allowed;
    const there = state.members.media.get(id);
    if (there) return refuse(there.hash === announced.hash ? 'here-already' : 'media-exists');
    if (state.members.media.size >= mostMedia) return refuse('too-many-media');
    if (announced.page !== undefined && !pageIn(state, announced.page)) return refuse('page-unknown');
    const added: Media = { ...announced, owner: actor, on: now };
    const full = roomFor(ground, added);
    if (full) return full;
    const waits = !isStaff(role) && settingsOf(state).mediaApproval;
    return outcome(putMedia(id, waits ? { ...added, waiting: true } : added));
  }
};
