import { broughtKey } from '#lib/domain/brought.ts';
import type { Outcome } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import { directoryWith } from '#lib/domain/known-directory.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { Device } from '#lib/domain/device.ts';
import type { AccountId, DeviceId, SpaceId } from '#lib/domain/ids.ts';
import { project, type DirectoryPut, type Put, type SpacePut } from '#lib/domain/puts.ts';
import type { ReadChange } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import { forLog, type Log } from '#relay/log.ts';
import type { AcceptedWrite } from '#relay/storage/change-store.ts';
import type { InvitationLink } from '#relay/storage/records.ts';
import type { Storage } from '#relay/storage/storage.ts';
import type { NewOffer } from '#relay/storage/tablet-store.ts';
import { activityOf } from './activity.ts';
import {
  endedKeys,
  raisedAtHome,
  rescoped,
  saidOfDevices,
  scopeChanges,
  tabletsElsewhere,
  tabletsGivenOtherwise
} from '../devices/device-effects.ts';
import { letInEnds } from './let-in-ends.ts';
import { mayTakeAway, type Audience } from './audience.ts';
import { isGuestCommand } from './guest.ts';
import type { OnCommitPoint } from './commit-point.ts';
import { SpaceTruth } from '../truth/space-truth.ts';
import type { Truth } from '../truth/truth.ts';
import { carrierOf, type Arrival } from './arrival.ts';

/** What a write needs around it. */
export interface Writer {
  readonly storage: Storage;
  readonly truth: Truth;
  readonly audience: Audience;
  readonly log: Log;
  readonly onPoint: OnCommitPoint;
}

/** A change that the rules have accepted, with all that came along. */
export interface Accepted {
  readonly signed: SignedChange;
  readonly read: ReadChange;
  readonly fingerprint: string;
  readonly way: Arrival;
  /** The relay's receipt date, on which the rules have judged. */
  readonly received: CalendarDate;
  /** The device that signed, then the one that carries. */
  readonly devices: readonly Device[];
  /** TB3 */
  readonly offer?: NewOffer;
}

/**
 * Writes an accepted change everywhere: into the documents (hidden), into storage (durable, one transaction), into what
 * the rules read, to the followers; in this order (GA10). Only under the lock. Whatever fails on the way, what is in
 * memory of the touched TwinSpaces is forgotten and their followers connect again, so nobody sees what is not stored
 * and nobody misses what is (GA11).
 */
export async function writeAccepted(writer: Writer, accepted: Accepted, outcome: Outcome): Promise<Verdict> {
  const { truth, audience, onPoint } = writer;
  const { header } = accepted.read;
  const directory = await truth.directory();
  const puts = project(outcome.puts, header.space, directoryWith(directory, outcome.puts));
  const touched = new Set<SpaceId>([header.space, ...puts.map((put) => put.space)]);
  let committed = false;
  try {
    const spaces = await Promise.all(
      [...touched].map(async (id) => (await truth.space(id)) ?? SpaceTruth.fresh(id))
    );
    const narrowed = narrowedBy(puts, spaces);
    const widened = widenedBy(outcome.puts, directory);
    const said = saidOfDevices(outcome.puts);
    const before = spaces.map(({ state }) => state);
    const scopes = scopeChanges(puts, before);
    const raised = raisedAtHome(puts, before, directory);
    const told = { change: header, puts: outcome.puts, spacePuts: puts, directory, states: before };
    const ends = await letInEnds(writer.storage, told);
    const updates = spaces.flatMap((space) => space.write(puts));
    const version = spaces.find((space) => space.id === header.space)?.version ?? 0;
    const verdict = { id: header.id, is: 'accepted', version, notes: outcome.notes } as const;
    onPoint('before-commit');
    await writer.storage.changes.accept({
      ...rowsOf(accepted, outcome.puts),
      endedKeys: endedKeys(outcome.puts, directory),
      ...{ admitted: said.changed, rescoped: rescoped(puts, before), revoked: said.revoked },
      shutOut: ends.shutOut,
      settled: settledAs(accepted, verdict),
      updates
    });
    committed = true;
    onPoint('after-commit');
    for (const put of outcome.puts) if (put.doc === 'directory') directory.put(put);
    for (const space of spaces) {
      space.apply(puts);
      truth.remember(space);
    }
    onPoint('after-apply');
    audience.broadcast(updates);
    audience.cutOff(said.revoked);
    audience.askAgain(ends.devices.map(({ id }) => id));
    if (narrowed.size > 0) await audience.recheck(narrowed);
    if (widened.length > 0) {
      const devices = await writer.storage.devices.serving(widened);
      audience.askAgain(devices.flatMap(({ id, kind }) => (kind === 'personal' ? [id] : [])));
    }
    audience.askAgain(said.changed);
    for (const scope of scopes) {
      const state = spaces.find(({ id }) => id === scope.space)?.state;
      if (!state) continue;
      audience.askAgainSoon(await tabletsGivenOtherwise(writer.storage, directory, scope, state));
    }
    const asked = scopes.map((scope) => scope.space);
    audience.askAgainSoon(await tabletsElsewhere(writer.storage, raised, asked));
    onPoint('after-broadcast');
    for (const space of spaces) await compact(writer, space);
    return verdict;
  } catch (error) {
    truth.forget(touched);
    if (committed) audience.restart(touched);
    throw error;
  }
}

/** Storage that cannot be put in order now will be another time; the change stands. */
async function compact({ truth, log }: Writer, space: SpaceTruth): Promise<void> {
  try {
    await truth.compact(space);
  } catch (error) {
    log.warn({ event: 'compaction-failed', ...forLog(error) });
  }
}

/** The TwinSpaces in which the puts may take somebody's right to read away. */
function narrowedBy(puts: readonly SpacePut[], spaces: readonly SpaceTruth[]): ReadonlySet<SpaceId> {
  const narrowed = new Set<SpaceId>();
  for (const put of puts) {
    const space = spaces.find(({ id }) => id === put.space);
    if (space && mayTakeAway(put, space.state)) narrowed.add(put.space);
  }
  return narrowed;
}

/** RM11: the accounts that come to a further TwinSpace: where they are at home there is one more room to follow. */
function widenedBy(puts: readonly Put[], before: Directory): readonly AccountId[] {
  return puts.flatMap((put) => {
    if (put.doc !== 'directory' || put.map !== 'spaces' || !put.value) return [];
    const known = before.spaces(put.key as AccountId);
    return known.length > 0 && put.value.length > known.length ? [put.key as AccountId] : [];
  });
}

function settledAs({ fingerprint, way }: Accepted, verdict: Verdict): AcceptedWrite['settled'] {
  return { fingerprint, verdict, ...(way.is === 'link' ? { secretHash: way.secretHash } : {}) };
}

function rowsOf(
  { signed, read, way, received, devices, offer }: Accepted,
  puts: readonly Put[]
): Omit<AcceptedWrite, 'settled' | 'updates'> {
  const { header, args } = read;
  const { id, space, device, actor, name, behalf } = header;
  const carrier = carrierOf(way);
  const brought = broughtKey({ name, args });
  const letIn: { device: DeviceId; account: AccountId; held?: boolean }[] = [];
  // GA14; on a classroom tablet nobody is let in by it, but the key was there, pictures too (TB10).
  const held = devices[0]?.kind === 'classroom';
  if (brought && (held || brought.key.scope === 'full') && !isGuestCommand(header.name)) {
    letIn.push({ device, account: brought.account, held });
  }
  if (way.is === 'link' && carrier) letIn.push({ device: carrier.id, account: actor });
  const activity = activityOf(header, args, received);
  return {
    change: {
      ...{ id, space, actor, name, device, received },
      ...(carrier ? { carrier: carrier.id } : {}),
      ...{ header: signed.header, payload: signed.payload, signature: signed.signature }
    },
    directory: puts.filter((put): put is DirectoryPut => put.doc === 'directory'),
    invitations: invitationsIn(puts, space),
    ...(behalf ? { takesOver: behalf } : {}),
    ...(activity ? { activity } : {}),
    ...(offer ? { offer } : {}),
    letIn,
    ...(brought && signed.credential !== undefined
      ? {
          credential: {
            ...{ account: brought.account, key: brought.key.id, scope: brought.key.scope },
            text: signed.credential
          }
        }
      : {}),
    ...('enrolWith' in way
      ? {
          enrol: {
            ...{ id: device, kind: 'personal', owner: actor, created: received },
            cookieHash: way.enrolWith.cookieHash
          }
        }
      : {})
  };
}

function invitationsIn(puts: readonly Put[], space: SpaceId): readonly InvitationLink[] {
  const links: InvitationLink[] = [];
  for (const put of puts) {
    if (put.doc !== 'staff' || put.map !== 'invitations' || !put.value) continue;
    links.push({
      secretHash: put.value.secretHash,
      space,
      invitation: put.key as InvitationLink['invitation']
    });
  }
  return links;
}
