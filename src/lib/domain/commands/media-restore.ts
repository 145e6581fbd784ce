import { plusDays } from '../dates.ts';
import { aboutMedia, mediaIn, mediaTarget, mediaTrashDays, putMedia, roomFor } from '../media.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ML3: for 30 days media come back, where there is room for them. */
export const mediaRestore: MemberCommand<'media.restore'> = {
  by: 'member',
  facts: { ...aboutMedia, asks: ['delete-media'] },
  sensitive: false,
  judge: ({ state, directory, now }, { args, actor }, { role }) => {
    const media = mediaIn(state, args.media);
    const target = media && mediaTarget(state, directory, media, actor, now);
    const allowed = can(role, 'delete-media', target);
    if (isRefusal(allowed)) return allowed;
    if (!media) return refuse('media-unknown');
    const { removed, ...there } = media;
    if (!removed) return refuse('media-not-removed');
    if (plusDays(removed.on, mediaTrashDays) < now) return refuse('restore-too-late');
    return roomFor(state, there) ?? outcome(putMedia(args.media, there));
  }
};
