import { fromBase64Url } from '#lib/crypto/encoding.ts';
import type { Change, Edit } from '#lib/domain/change.ts';
import { aboutWhat } from '#lib/domain/about.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { commands } from '#lib/domain/commands/table.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Device } from '#lib/domain/device.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { commentsNamed, groupsNamed, pagesNamed } from '#lib/domain/named.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import { readHeader, toDomain, toEdit } from '#lib/protocol/change.ts';
import type { OutboxRow } from '#lib/store/database.ts';

/** A change on its way: enough to know what must come before the next one. */
export interface Pending {
  readonly row: Pick<OutboxRow, 'state'>;
  readonly change: Change;
}

/** A change of the outbox, read back, with what the rules say of it here. */
export interface Waiting extends Pending {
  readonly row: OutboxRow;
  /** Whom it is about. */
  readonly about: AccountId;
  /** Why the relay will probably refuse it. */
  readonly refusal?: Refusal;
}

/** An edit of the outbox, read back, with what the rules say of it here. */
export interface WaitingEdit {
  readonly row: OutboxRow;
  readonly edit: Edit;
  readonly refusal?: Refusal;
}

/** What a person sees: the confirmed documents with the outbox folded over them (VI1). */
export interface View {
  readonly spaces: ReadonlyMap<SpaceId, SpaceState>;
  readonly directory: Directory;
  readonly waiting: readonly Waiting[];
  /** What was written in pages and has not arrived. */
  readonly edits: readonly WaitingEdit[];
}

/** What a view is made of. */
export interface ViewParts {
  readonly confirmed: ReadonlyMap<SpaceId, SpaceState>;
  readonly directory: Directory;
  readonly outbox: readonly OutboxRow[];
  readonly device: Device;
  readonly now: CalendarDate;
  /** OB4: accepted, and in the confirmed documents already. */
  readonly contained: (row: OutboxRow) => boolean;
}

/** A stored change as the rules judge it; undefined for one that this version of the app cannot read. */
export function changeOf(row: Pick<OutboxRow, 'signed'>): Change | undefined {
  const header = readHeader(row.signed.header);
  if ('refused' in header || 'newer' in header || header.kind === 'edit') return undefined;
  const args = payloadOf(row.signed.payload);
  return args && toDomain({ header, args });
}

/** What somebody wrote in a page, as the rules judge it; undefined for what is none, or cannot be read. */
export function editOf(row: Pick<OutboxRow, 'signed'>): Edit | undefined {
  const header = readHeader(row.signed.header);
  return 'kind' in header && header.kind === 'edit' ? toEdit(header) : undefined;
}

/**
 * The arguments in a stored payload: read and checked when the change was made here. Nothing of one that somebody spoiled
 * on the device is shown; the relay refuses it.
 */
function payloadOf(payload: string): CommandArgs[keyof CommandArgs] | undefined {
  try {
    const args: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(payload)));
    return typeof args === 'object' && args !== null ? (args as CommandArgs[keyof CommandArgs]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What must be accepted before a change of this person (architecture: `after`): the unsettled changes that made the
 * account of the actor, or of whom it is about, or a key of theirs, or a group, page or comment that it names.
 */
export function prerequisites(
  waiting: readonly Pending[],
  change: Change
): readonly Pick<Change, 'id' | 'actor'>[] {
  const about = aboutWhat(change);
  const named = [
    ...(about ? [about.id] : []),
    ...groupsNamed(change),
    ...pagesNamed(change),
    ...commentsNamed(change)
  ];
  return makersOf(waiting, [change.actor, ...named]);
}

/** The unsettled changes that made one of these: an account, a group, a page. */
export function makersOf(
  waiting: readonly Pending[],
  ids: readonly string[]
): readonly Pick<Change, 'id' | 'actor'>[] {
  const needed = new Set(ids);
  return waiting
    .filter(({ row }) => row.state.is !== 'accepted')
    .map(({ change: made }) => made)
    .filter((made) => {
      const id = madeBy(made);
      return id !== undefined && needed.has(id);
    })
    .slice(-16);
}

/** The account, group, page or comment that later changes may depend on. */
function madeBy<Name extends CommandName>({
  name,
  args
}: Pick<Change<Name>, 'name' | 'args'>): string | undefined {
  const { makes } = commands[name].facts;
  return makes === 'nothing' ? undefined : makes(args);
}
