import { aboutMedia, mediaIn, putMedia } from '../media.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ML4: an adult says yes: others see it. */
export const mediaApprove: MemberCommand<'media.approve'> = {
  by: 'member',
  facts: { ...aboutMedia, asks: ['approve-media'] },
  sensitive: false,
  judge: ({ state }, { args }, { role }) => {
    const allowed = can(role, 'approve-media');
    if (isRefusal(allowed)) return allowed;
    const media = mediaIn(state, args.media);
    if (!media) return refuse('media-unknown');
    const { waiting, ...seen } = media;
    return waiting ? outcome(putMedia(args.media, seen)) : refuse('media-not-waiting');
  }
};
