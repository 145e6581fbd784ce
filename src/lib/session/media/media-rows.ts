import { daysBetween, plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId, MediaId, SpaceId } from '#lib/domain/ids.ts';
import { areGone, countedBytes, mediaTrashDays } from '#lib/domain/media.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import { kindOfMedia } from '#lib/domain/media-types.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { judge, roleIn } from '../work/may.ts';
import type { MediaBench } from './seen-media.ts';

/** A picture, film or sound as the list of all of them shows it. */
export interface MediaRow {
  readonly id: MediaId;
  readonly is: 'picture' | 'film' | 'sound';
  /** What it takes of the room, in bytes. */
  readonly bytes: number;
  readonly on: CalendarDate;
  readonly owner: AccountId;
  readonly ownerName: string;
  readonly mine: boolean;
  /** ML4: an adult has yet to look at it. */
  readonly waits: boolean;
  /** The relay has all of it. */
  readonly arrived: boolean;
  /** ML3: it is in the trash, for so many days more; ML5: why an adult took it away. */
  readonly removed?: { readonly by: string; readonly daysLeft: number; readonly why?: string };
  /** PE27: whether this person may delete it, or bring it back. */
  readonly mayDelete: true | Refusal;
}

/** All that this person may see, the newest first; what can be brought back no more is not among them. */
export function mediaRows(work: MediaBench, space: SpaceId): readonly MediaRow[] {
  const state = work.stateOf(space);
  const { account } = work.me;
  const staff = isStaff(roleIn(work, space));
  const nameOf = (id: AccountId): string => work.nameOf(space, id);
  return [...state.members.media]
    .flatMap(([key, media]): MediaRow[] => {
      const id = key as MediaId;
      const { owner, on, waiting, here, removed } = media;
      const mine = owner === account;
      if (areGone(media, work.today) || ((waiting || removed) && !mine && !staff)) return [];
      const gone = removed && {
        by: nameOf(removed.by),
        daysLeft: daysBetween(work.today, plusDays(removed.on, mediaTrashDays)),
        ...(removed.why === undefined ? {} : { why: removed.why })
      };
      const name = removed ? 'media.restore' : 'media.remove';
      const row = {
        id,
        is: kindOfMedia(media),
        bytes: countedBytes(media),
        on,
        owner,
        ownerName: nameOf(owner),
        mine,
        waits: waiting === true,
        arrived: here?.file === true,
        mayDelete: judge(work, space, name, { media: id })
      };
      return [gone ? { ...row, removed: gone } : row];
    })
    .sort((one, other) => other.on.localeCompare(one.on) || one.id.localeCompare(other.id));
}
