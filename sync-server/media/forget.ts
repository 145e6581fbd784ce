import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import { mediaIn, mediaTrashDays } from '#lib/domain/media.ts';
import type { Core } from '#relay/core.ts';
import { announced } from './examine.ts';

const dayMs = 24 * 60 * 60_000;
/** MR6: what has not gone on for so many days is thrown away; a tablet sends it again from the start. */
const arrivingDays = 2;

/**
 * MR5, MR6: throws away the files of media that cannot come back any more, those that no record has named for as long
 * (an older copy of the database was put back), and what has not gone on arriving.
 */
export async function forgetMedia(
  { media: store, truth, clock }: Pick<Core, 'media' | 'truth' | 'clock'>,
  today: CalendarDate
): Promise<void> {
  await store.sweep(clock.instant() - arrivingDays * dayMs);
  for (const file of await store.keptBefore(clock.instant() - mediaTrashDays * dayMs)) {
    const state = (await truth.space(file.space))?.state;
    const media = state && mediaIn(state, file.media);
    const removed = media?.removed;
    const gone = removed !== undefined && plusDays(removed.on, mediaTrashDays) < today;
    if (!media || gone || !announced(media, file.part)) await store.remove(file);
  }
}
