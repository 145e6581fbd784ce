import type { CalendarDate } from './dates.ts';
import type { AccountId, SpaceId } from './ids.ts';

/** A class or a team inside a TwinSpace (GR1). Who is in it stands with each member. */
export interface Group {
  readonly name: string;
  readonly kind: 'class' | 'team';
  readonly owner: AccountId;
}

/** JO4: what the home of a pupil knows of a membership elsewhere. */
export interface Elsewhere {
  readonly account: AccountId;
  readonly space: SpaceId;
  /** The other TwinSpace's name when it was joined. */
  readonly name: string;
  readonly status: 'waiting' | 'active';
  /** Under which name the one who added the pupil stands there. */
  readonly by: string;
  readonly on: CalendarDate;
}

/** ER2: an account that will be erased, unless somebody calls it off in time. */
export interface Erasure {
  readonly by: AccountId;
  readonly on: CalendarDate;
  /** The first day on which it is done. */
  readonly due: CalendarDate;
}
