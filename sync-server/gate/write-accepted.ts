import { broughtKey } from '#lib/domain/brought.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { Decision } from '#lib/domain/decide.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { Device } from '#lib/domain/device.ts';
import type { AccountId, DeviceId, SpaceId } from '#lib/domain/ids.ts';
import type { ReadChange } from '#lib/protocol/change.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import { forLog, type Log } from '#relay/log.ts';
import type { AcceptedWrite } from '#relay/storage/change-store.ts';
import type { Storage } from '#relay/storage/storage.ts';
import type { NewOffer } from '#relay/storage/tablet-store.ts';
import { activityOf } from './activity.ts';
import { tabletsElsewhere, tabletsGivenOtherwise } from '../devices/device-effects.ts';
import { consequencesOf, type Consequences, type Tell } from './consequences.ts';
import { letInEnds } from './let-in-ends.ts';
import type { Audience } from './audience.ts';
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
export async function writeAccepted(
  writer: Writer,
  accepted: Accepted,
  decision: Decision
): Promise<Verdict> {
  const { storage, truth, audience, onPoint } = writer;
  const { header } = accepted.read;
  const { puts, projected } = decision;
  const directory = await truth.directory();
  const touched = new Set<SpaceId>([header.space, ...projected.map((put) => put.space)]);
  let committed = false;
  try {
    const spaces = await Promise.all(
      [...touched].map(async (id) => (await truth.space(id)) ?? SpaceTruth.fresh(id))
    );
    const states = spaces.map(({ state }) => state);
    const { rows, tell } = consequencesOf(decision, header.space, states, directory);
    const ends = await letInEnds(storage, { change: header, puts, spacePuts: projected, directory, states });
    const updates = spaces.flatMap((space) => space.write(projected));
    const version = spaces.find((space) => space.id === header.space)?.version ?? 0;
    const verdict = { id: header.id, is: 'accepted', version, notes: decision.notes } as const;
    onPoint('before-commit');
    await storage.changes.accept({
      ...rowsOf(accepted),
      ...rows,
      shutOut: ends.shutOut,
      settled: settledAs(accepted, verdict),
      updates
    });
    committed = true;
    onPoint('after-commit');
    for (const put of rows.directory) directory.put(put);
    for (const space of spaces) {
      space.apply(projected);
      truth.remember(space);
    }
    onPoint('after-apply');
    audience.broadcast(updates);
    audience.cutOff(tell.devices.revoked);
    audience.askAgain(ends.devices.map(({ id }) => id));
    await tellDevices(writer, tell, spaces, directory);
    onPoint('after-broadcast');
    for (const space of spaces) await compact(writer, space);
    return verdict;
  } catch (error) {
    truth.forget(touched);
    if (committed) audience.restart(touched);
    throw error;
  }
}

/** Looks again at who may read, and has those ask anew who may read or hold something else. */
async function tellDevices(
  { storage, audience }: Writer,
  { devices, narrowed, widened, scopes, raised }: Tell,
  after: readonly SpaceTruth[],
  directory: Directory
): Promise<void> {
  if (narrowed.size > 0) await audience.recheck(narrowed);
  if (widened.length > 0) {
    const serving = await storage.devices.serving(widened);
    audience.askAgain(serving.flatMap(({ id, kind }) => (kind === 'personal' ? [id] : [])));
  }
  audience.askAgain(devices.changed);
  for (const scope of scopes) {
    const state = after.find(({ id }) => id === scope.space)?.state;
    if (state) audience.askAgainSoon(await tabletsGivenOtherwise(storage, directory, scope, state));
  }
  const told = scopes.map(({ space }) => space);
  audience.askAgainSoon(await tabletsElsewhere(storage, raised, told));
}

/** Storage that cannot be put in order now will be another time; the change stands. */
async function compact({ truth, log }: Writer, space: SpaceTruth): Promise<void> {
  try {
    await truth.compact(space);
  } catch (error) {
    log.warn({ event: 'compaction-failed', ...forLog(error) });
  }
}

function settledAs({ fingerprint, way }: Accepted, verdict: Verdict): AcceptedWrite['settled'] {
  return { fingerprint, verdict, ...(way.is === 'link' ? { secretHash: way.secretHash } : {}) };
}

/** What is stored of the change itself, and of what came along. */
function rowsOf({
  signed,
  read,
  way,
  received,
  devices,
  offer
}: Accepted): Omit<AcceptedWrite, 'settled' | 'updates' | 'shutOut' | keyof Consequences['rows']> {
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
      id,
      space,
      actor,
      name,
      device,
      received,
      ...(carrier && { carrier: carrier.id }),
      header: signed.header,
      payload: signed.payload,
      signature: signed.signature
    },
    ...(behalf && { takesOver: behalf }),
    ...(activity && { activity }),
    ...(offer && { offer }),
    letIn,
    ...(brought &&
      signed.credential !== undefined && {
        credential: {
          account: brought.account,
          key: brought.key.id,
          scope: brought.key.scope,
          text: signed.credential
        }
      }),
    ...('enrolWith' in way && {
      enrol: {
        id: device,
        kind: 'personal',
        owner: actor,
        created: received,
        cookieHash: way.enrolWith.cookieHash
      }
    })
  };
}
