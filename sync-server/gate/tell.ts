import type { AccountId, DeviceId, SpaceId } from '#lib/domain/ids.ts';
import {
  tabletsElsewhere,
  tabletsGivenOtherwise,
  type SaidOfDevices,
  type ScopeChange
} from '../devices/device-effects.ts';
import type { Writer } from './writer.ts';

/** Whose sockets end, or ask anew, once a change is stored. */
export interface Tell {
  readonly devices: SaidOfDevices;
  /** SI12, SI14: the devices that read or hold less than before. */
  readonly less: readonly DeviceId[];
  /** The TwinSpaces in which somebody may have lost the right to read. */
  readonly narrowed: ReadonlySet<SpaceId>;
  /** RM11: the accounts that come to a further TwinSpace: where they are at home there is one more room to follow. */
  readonly widened: readonly AccountId[];
  /** SI11: who is given to classroom tablets otherwise than before, TwinSpace by TwinSpace. */
  readonly scopes: readonly ScopeChange[];
  /** TB9: who becomes an adult at home, or is one no longer. */
  readonly raised: readonly AccountId[];
}

/**
 * Looks again at who may read, and has those ask anew who may read or hold something else: once for all changes of a
 * group, by what stands after it.
 */
export async function tellAll(
  { storage, truth, audience }: Pick<Writer, 'storage' | 'truth' | 'audience'>,
  tells: readonly Tell[]
): Promise<void> {
  audience.cutOff(tells.flatMap(({ devices }) => devices.revoked));
  audience.askAgain(tells.flatMap(({ less }) => less));
  const narrowed = new Set(tells.flatMap((tell) => [...tell.narrowed]));
  if (narrowed.size > 0) await audience.recheck(narrowed);
  const widened = tells.flatMap((tell) => tell.widened);
  if (widened.length > 0) {
    const serving = await storage.devices.serving(widened);
    audience.askAgain(serving.flatMap(({ id, kind }) => (kind === 'personal' ? [id] : [])));
  }
  audience.askAgain(tells.flatMap(({ devices }) => devices.changed));
  const scopes = merged(tells.flatMap((tell) => tell.scopes));
  const directory = await truth.directory();
  for (const [space, accounts] of scopes) {
    const state = (await truth.space(space))?.state;
    if (!state) continue;
    const change = { space, accounts: [...accounts] };
    audience.askAgainSoon(await tabletsGivenOtherwise(storage, directory, change, state));
  }
  const raised = tells.flatMap((tell) => tell.raised);
  audience.askAgainSoon(await tabletsElsewhere(storage, raised, [...scopes.keys()]));
}

function merged(scopes: readonly ScopeChange[]): ReadonlyMap<SpaceId, ReadonlySet<AccountId>> {
  const all = new Map<SpaceId, Set<AccountId>>();
  for (const { space, accounts } of scopes) all.set(space, new Set([...(all.get(space) ?? []), ...accounts]));
  return all;
}
