import type { Change, ChangeName, Edit } from '#lib/domain/change.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { ChangeId, SpaceId } from '#lib/domain/ids.ts';
import type { TrayRow } from '#lib/store/database.ts';

/** What every item on the desk tells. */
export interface Item {
  readonly id: ChangeId;
  readonly space: SpaceId;
  readonly spaceName: string;
  readonly name: ChangeName;
  /** The name of whom or what it is about. */
  readonly subject: string;
  readonly actorDisplay: string;
  /** Made by the person who looks. */
  readonly mine: boolean;
}

/** A change that has arrived. */
export interface SettledItem extends Item {
  readonly on: CalendarDate;
}

/** How a stored change stands on the desk. */
export type Shown = (
  row: Pick<TrayRow, 'id' | 'space' | 'actor' | 'name'>,
  change: Pick<Change, 'actor' | 'name' | 'args'> | Pick<Edit, 'page'>
) => Item;
