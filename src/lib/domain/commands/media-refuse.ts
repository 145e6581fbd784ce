import { aboutMedia, mediaToApprove, putMedia } from '../media.ts';
import { isWhy } from '../names.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ML5: an adult says no and why to what a pupil has added: it goes to the trash, and its owner reads why. */
export const mediaRefuse: MemberCommand<'media.refuse'> = {
  by: 'member',
  facts: {
    ...aboutMedia,
    asks: ['approve-media'],
    // Whose it is stands in the change, so that erasing them finds what was said (ER5).
    about: ({ owner }) => ({ is: 'account', id: owner }),
    texts: { why: 'words' }
  },
  sensitive: false,
  judge: ({ state, now }, { args, actor }, { role }) => {
    const { media: id, owner, why } = args;
    const media = mediaToApprove(state, id, role);
    if (isRefusal(media)) return media;
    if (media.owner !== owner) return refuse('media-unknown');
    if (media.removed) return refuse('media-removed');
    if (!media.waiting) return refuse('media-not-waiting');
    if (!isWhy(why)) return refuse('why-invalid');
    return outcome(putMedia(id, { ...media, removed: { by: actor, on: now, why } }));
  }
};
