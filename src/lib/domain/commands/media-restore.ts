import { plusDays } from '../dates.ts';
import { aboutMedia, mediaToDelete, mediaTrashDays, putMedia, roomFor } from '../media.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ML3: for 30 days media come back, where there is room for them. */
export const mediaRestore: MemberCommand<'media.restore'> = {
  by: 'member',
  facts: { ...aboutMedia, asks: ['delete-media'] },
  sensitive: false,
  judge: (ground, { args, actor }, { role }) => {
    const media = mediaToDelete(ground, args.media, actor, role);
    if (isRefusal(media)) return media;
    const { removed, ...there } = media;
    if (!removed) return refuse('media-not-removed');
    if (plusDays(removed.on, mediaTrashDays) < ground.now) return refuse('restore-too-late');
    return roomFor(ground.state, there) ?? outcome(putMedia(args.media, there));
  }
};
