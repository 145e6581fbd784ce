import { aboutMedia, mediaIn, mediaTarget, putMedia } from '../media.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ML3: media go into the trash; what they took of the room is free again. */
export const mediaRemove: MemberCommand<'media.remove'> = {
  by: 'member',
  facts: { ...aboutMedia, asks: ['delete-media'] },
  sensitive: false,
  judge: ({ state, directory, now }, { args, actor }, { role }) => {
    const media = mediaIn(state, args.media);
    const target = media && mediaTarget(state, directory, media, actor, now);
    const allowed = can(role, 'delete-media', target);
    if (isRefusal(allowed)) return allowed;
    if (!media) return refuse('media-unknown');
    if (media.removed) return refuse('media-removed');
    return outcome(putMedia(args.media, { ...media, removed: { by: actor, on: now } }));
  }
};
