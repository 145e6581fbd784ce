import type { CalendarDate } from '#lib/domain/dates.ts';
import { areGone, mediaIn, mediaTrashDays } from '#lib/domain/media.ts';
import type { MediaId, SpaceId } from '#lib/domain/ids.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { Core } from '#relay/core.ts';
import { writeRecords } from '#relay/gate/write-records.ts';
import { everySpace } from '#relay/truth/every-space.ts';
import { announced } from './examine.ts';
import { mediaParts } from '#lib/protocol/media.ts';

type Around = Pick<Core, 'media' | 'truth' | 'clock' | 'lock' | 'storage' | 'rooms'>;

const dayMs = 24 * 60 * 60_000;
/** MR6: what has not gone on for so many days is thrown away; a tablet sends it again from the start. */
const arrivingDays = 2;

/**
 * MR5, MR6: forgets media that cannot come back any more, and throws away files of which no record has known for as long
 * (an older copy of the database was put back, or the relay ended in between), and what has not gone on arriving.
 */
export async function forgetMedia(core: Around, today: CalendarDate): Promise<void> {
  const { media: store, truth, clock } = core;
  await store.sweep(clock.instant() - arrivingDays * dayMs);
  await forgetGone(core, today);
  for (const file of await store.keptBefore(clock.instant() - mediaTrashDays * dayMs)) {
    const state = (await truth.space(file.space))?.state;
    const media = state && mediaIn(state, file.media);
    if (!media || !announced(media, file.part)) await store.remove(file);
  }
}

/** MR5: their records first, so that none says of a file that is gone that it is there. */
async function forgetGone(
  { media: store, truth, storage, lock, rooms }: Around,
  today: CalendarDate
): Promise<void> {
  const gone: { readonly space: SpaceId; readonly media: MediaId }[] = [];
  for await (const { id: space, state } of everySpace(truth)) {
    for (const [key, media] of state.members.media) {
      if (areGone(media, today)) gone.push({ space, media: key as MediaId });
    }
  }
  if (gone.length === 0) return;
  const puts = gone.map(({ space, media: key }): SpacePut => ({
    doc: 'members',
    map: 'media',
    key,
    value: null,
    space
  }));
  await lock.run(() => writeRecords({ storage, truth, audience: rooms }, puts));
  for (const of of gone) for (const part of mediaParts) await store.remove({ ...of, part });
}
