import { aboutMedia, mediaToApprove, putMedia } from '../media.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ML4: an adult says yes: others see it. */
export const mediaApprove: MemberCommand<'media.approve'> = {
  by: 'member',
  facts: { ...aboutMedia, asks: ['approve-media'] },
  sensitive: false,
  judge: ({ state }, { args }, { role }) => {
    const media = mediaToApprove(state, args.media, role);
    if (isRefusal(media)) return media;
    if (media.removed) return refuse('media-removed');
    const { waiting, ...seen } = media;
    return waiting ? outcome(putMedia(args.media, seen)) : refuse('media-not-waiting');
  }
};
