import { fromBase64Url } from '#lib/crypto/encoding.ts';
import type { Change } from '#lib/domain/change.ts';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { decide } from '#lib/domain/decide.ts';
import type { Device } from '#lib/domain/device.ts';
import type { Directory } from '#lib/domain/directory.ts';
import { KnownDirectory } from '#lib/domain/known-directory.ts';
import type { AccountId, ChangeId, SpaceId } from '#lib/domain/ids.ts';
import { project, withPuts } from '#lib/domain/puts.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusals.ts';
import { emptySpace, type SpaceState } from '#lib/domain/state.ts';
import { readHeader, toDomain } from '#lib/protocol/change.ts';
import type { OutboxRow } from '#lib/store/database.ts';

/** A change of the outbox, read back, with what the rules say of it here. */
export interface Waiting {
  readonly row: OutboxRow;
  readonly change: Change;
  /** Why the relay will probably refuse it. */
  readonly refusal?: Refusal;
  /** Whom it is about. */
  readonly about: AccountId;
}

/** What a person sees: the confirmed documents with the outbox folded over them (VI1). */
export interface View {
  readonly spaces: ReadonlyMap<SpaceId, SpaceState>;
  readonly directory: Directory;
  readonly waiting: readonly Waiting[];
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

/**
 * VI1, VI2: folds the outbox over what the relay has confirmed, with the rules that the relay will apply. A change that
 * the rules refuse here changes nothing in view; it is sent all the same, for the relay's word is final.
 */
export function view({ confirmed, directory, outbox, device, now, contained }: ViewParts): View {
  const spaces = new Map(confirmed);
  const waiting: Waiting[] = [];
  const known = new KnownDirectory(directory);
  for (const row of outbox) {
    if (contained(row)) continue;
    const change = changeOf(row);
    if (!change) continue;
    const state = spaces.get(row.space) ?? emptySpace(row.space);
    const outcome = decide(state, change, { devices: [device], now, directory: known });
    const about = aboutWhom(change);
    if (isRefusal(outcome)) {
      waiting.push({ row, change, about, refusal: outcome });
      continue;
    }
    for (const put of outcome.puts) if (put.doc === 'directory') known.put(put);
    const puts = project(outcome.puts, row.space, known);
    for (const space of new Set(puts.map((put) => put.space))) {
      spaces.set(space, withPuts(spaces.get(space) ?? emptySpace(space), puts));
    }
    waiting.push({ row, change, about });
  }
  return { spaces, directory: known, waiting };
}

/** A stored change as the rules judge it; undefined for one that this version of the app cannot read. */
export function changeOf(row: Pick<OutboxRow, 'signed'>): Change | undefined {
  const header = readHeader(row.signed.header);
  if ('refused' in header || 'newer' in header) return undefined;
  return toDomain({ header, args: payloadOf(row.signed.payload) });
}

/** The arguments in a stored payload: read and checked when the change was made here. */
function payloadOf(payload: string): CommandArgs[keyof CommandArgs] {
  return JSON.parse(new TextDecoder().decode(fromBase64Url(payload)));
}

/** Whom a change is about: who is added, changed or removed; else its author. */
export function aboutWhom(change: Change): AccountId {
  const { args } = change;
  if ('member' in args) return args.member;
  if ('account' in args && args.account)
    return typeof args.account === 'string' ? args.account : args.account.id;
  return change.actor;
}

/**
 * What must be accepted before a change of this person about that one (architecture: `after`): the unsettled changes
 * that made one of the two accounts, or a key of theirs.
 */
export function prerequisites(
  waiting: readonly Waiting[],
  actor: AccountId,
  about: AccountId
): readonly ChangeId[] {
  return waiting
    .filter(({ row }) => row.state.is !== 'accepted')
    .filter(({ change }) => change.name === 'pupil.add' || change.name === 'key.set')
    .filter((other) => other.about === actor || other.about === about)
    .map(({ change }) => change.id)
    .slice(-16);
}
