import { isCommentGone } from '#lib/domain/comments.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { Core } from '#relay/core.ts';
import { writeRecords } from '#relay/gate/write-records.ts';
import { everySpace } from '#relay/truth/every-space.ts';

/** CO4: forgets comments that staff took away so long ago that nobody brings them back. */
export async function forgetComments(
  { truth, storage, lock, rooms }: Pick<Core, 'truth' | 'storage' | 'lock' | 'rooms'>,
  today: CalendarDate
): Promise<void> {
  const puts: SpacePut[] = [];
  for await (const { id: space, state } of everySpace(truth)) {
    for (const [key, comment] of state.staff.comments) {
      if (isCommentGone(comment, today))
        puts.push({ doc: 'staff', map: 'comments', key, value: null, space });
    }
  }
  if (puts.length > 0) await lock.run(() => writeRecords({ storage, truth, audience: rooms }, puts));
}
