import { aboutMedia, areGone, mediaIn, mediaToApprove, mediaToDelete, putMedia, roomFor } from '../media.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ML3: for 30 days media come back, where there is room for them; ML5: what an adult said no to, by an adult's hand. */
export const mediaRestore: MemberCommand<'media.restore'> = {
  by: 'member',
  facts: { ...aboutMedia, asks: ['delete-media', 'approve-media'] },
  sensitive: false,
  judge: (ground, { args, actor }, { role }) => {
    const { state, now } = ground;
    const refused = mediaIn(state, args.media)?.removed?.why !== undefined;
    const media = refused
      ? mediaToApprove(state, args.media, role)
      : mediaToDelete(ground, args.media, actor, role);
    if (isRefusal(media)) return media;
    const { removed, ...there } = media;
    if (!removed) return refuse('media-not-removed');
    if (areGone(media, now)) return refuse('restore-too-late');
    return roomFor(ground, there) ?? outcome(putMedia(args.media, there));
  }
};
