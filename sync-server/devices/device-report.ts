import { draftKey } from '#lib/domain/commands/draft-keep.ts';
import type { Directory } from '#lib/domain/directory.ts';
import { isServed, mayRead } from '#lib/domain/may-read.ts';
import { draftPlaces, type Draft } from '#lib/domain/records.ts';
import { draftsTag } from '#lib/protocol/drafts-tag.ts';
import type { HeldCredential } from '#lib/protocol/credential.ts';
import type { DeviceReport } from '#lib/protocol/messages.ts';
import { roomName } from '#lib/protocol/rooms.ts';
import { tabletCheck } from '#lib/protocol/tablet-check.ts';
import type { Core } from '#relay/core.ts';
import type { Holding } from './holding.ts';
import { accountPaying } from './payer.ts';
import { readerOf } from './let-in.ts';
import { speaksForOwner } from './owner.ts';
import type { StoredDevice } from '#relay/storage/records.ts';

/** What a device says that it has: it is not told the same again (SI10, DR4). */
export interface Had {
  /** The tag of its sealed keys. */
  readonly credentials?: string | undefined;
  /** That of its drafts. */
  readonly drafts?: string | undefined;
}

/** Bytes that one sealed key takes in a report, about. */
const keyBytes = 640;

/** SI6: what a device is told at each contact: the rooms that it may read now, and the sealed keys of whom it let in. */
export async function reportFor(core: Core, device: StoredDevice): Promise<DeviceReport> {
  const { rest, keys } = await found(core, device, {});
  return { ...rest, ...(keys ? { credentials: [...keys] } : {}) };
}

/**
 * The same as JSON, of which the sealed keys are written once for all who are told the same ones.
 *
 * @param afford asked before sealed keys are read; throws where the device has had its share of them (HT16)
 */
export async function reportBytes(
  core: Core,
  device: StoredDevice,
  had: Had,
  afford: () => void
): Promise<Uint8Array<ArrayBuffer>> {
  const { rest, keys } = await found(core, device, had, afford);
  const text = JSON.stringify(rest);
  if (!keys) return Buffer.from(text);
  const head = Buffer.from(`${text.slice(0, -1)},"credentials":`);
  return Buffer.concat([head, core.told.bytesOf(keys), Buffer.from('}')]);
}

/** @param afford absent: one that was let in just now was asked before */
async function found(
  core: Core,
  device: StoredDevice,
  had: Had,
  afford?: () => void
): Promise<{
  readonly rest: Omit<DeviceReport, 'credentials'>;
  readonly keys: readonly HeldCredential[] | undefined;
}> {
  const { storage, truth, clock, rates, address } = core;
  const directory = await truth.directory();
  const told = await core.told.of(directory, device);
  const { holding, keys, tag } = told;
  // TB10: noted before they are told, so that nobody's key was ever there unknown.
  const known = new Set(device.accounts);
  const fresh = [...new Set(keys.map(({ account }) => account))].filter((account) => !known.has(account));
  if (fresh.length > 0) await storage.tablets.hold(device.id, fresh);
  const { credentials, gone } = await core.told.since(told, had.credentials, (count) => {
    afford?.();
    // Before they are read: of many who ask at once the later ones find it spent.
    rates.charge('keyBytes', accountPaying(device), count * keyBytes);
  });
  const drafts = draftsOf(directory, device, holding);
  const rest = {
    device: await aboutDevice(core, directory, device),
    ...(credentials ? { accounts: [...holding.accounts] } : {}),
    ...(gone ? { credentialsGone: [...gone] } : {}),
    today: clock.today(),
    rooms: await roomsOf(core, directory, device, holding),
    credentialsTag: tag,
    leaseDays: holding.leaseDays,
    ...(address.address === undefined ? {} : { address: address.address }),
    ...(had.drafts === (await draftsTag(drafts)) ? {} : { drafts }),
    erased: [...(await storage.erasures.pending(device.id))]
  };
  return { rest, keys: credentials };
}

async function aboutDevice(
  { truth }: Core,
  directory: Directory,
  device: StoredDevice
): Promise<DeviceReport['device']> {
  const { id, kind, owner, space: where } = device;
  if (where === undefined) {
    const { name, pupils } = directory.device(id) ?? {};
    const out = speaksForOwner(device) ? {} : ({ ownerOut: true } as const);
    const facts = { ...(name === undefined ? {} : { name }), ...(pupils ? ({ pupils } as const) : {}) };
    return { id, kind, owner, ...facts, ...out };
  }
  const state = (await truth.space(where))?.state;
  const record = state && isServed(state, device) ? state.staff.tablets.get(id) : undefined;
  const { groups, teachers } = record ?? { groups: [], teachers: [] };
  return {
    id,
    kind,
    owner,
    tablet: {
      space: where,
      spaceName: state?.members.meta.get('space')?.name ?? '',
      name: record?.name ?? device.name ?? '',
      stage: record ? 'active' : 'waiting',
      check: tabletCheck(id),
      groups: groups === 'all' ? groups : [...groups],
      teachers: [...teachers]
    }
  };
}

async function roomsOf(
  { truth }: Core,
  directory: Directory,
  device: StoredDevice,
  { spaces }: Holding
): Promise<string[]> {
  const reader = await readerOf(truth, device);
  const rooms: string[] = [];
  for (const id of spaces) {
    const space = await truth.space(id);
    if (!space) continue;
    for (const document of ['members', 'staff'] as const) {
      if (!mayRead(space.state, directory, reader, document)) continue;
      rooms.push(roomName({ document, space: id, generation: space.document(document).generation }));
    }
  }
  return rooms;
}

/**
 * DR1: the drafts of whoever is let in, as far as their keys are given, too (SI6); on a classroom tablet those of its
 * TwinSpace.
 */
function draftsOf(directory: Directory, { space }: StoredDevice, { keys }: Holding): Draft[] {
  return [...new Set(keys.map(({ account }) => account))].flatMap((account) => {
    const spaces = space === undefined ? directory.spaces(account) : [space];
    return spaces.flatMap((where) =>
      draftPlaces.flatMap((place) => directory.draft(draftKey(account, where, place)) ?? [])
    );
  });
}
