import type { AccountId, SpaceId } from '#lib/domain/ids.ts';

/** SE8: so many wrong passwords or pictures in a row. No instant: a clock can be turned, and no time is kept (G8). */
export interface AttemptsRow {
  readonly account: AccountId;
  readonly failures: number;
}

/** LK3: the class is open at the door of this tablet. Goes when it closes. */
export interface LessonRow {
  readonly id: 'lesson';
  readonly by: AccountId;
  readonly display: string;
  readonly space: SpaceId;
  /** Milliseconds since 1970, by this device's clock. */
  readonly from: number;
  readonly until: number;
}

/** LK2: whose turn it is on this classroom tablet, locked or not, and where they were. */
export interface TurnRow {
  readonly id: 'turn';
  readonly account: AccountId;
  readonly display: string;
  readonly path: string;
}
