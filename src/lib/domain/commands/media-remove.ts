import { aboutMedia, mediaToDelete, putMedia } from '../media.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ML3: media go into the trash; what they took of the room is free again. */
export const mediaRemove: MemberCommand<'media.remove'> = {
  by: 'member',
  facts: { ...aboutMedia, asks: ['delete-media'] },
  sensitive: false,
  judge: (ground, { args, actor }, { role }) => {
    const media = mediaToDelete(ground, args.media, actor, role);
    if (isRefusal(media)) return media;
    if (media.removed) return refuse('media-removed');
    return outcome(putMedia(args.media, { ...media, removed: { by: actor, on: ground.now } }));
  }
};
