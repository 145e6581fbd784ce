import type { DeviceId, SpaceId } from '#lib/domain/ids.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { DocumentUpdate } from '#relay/storage/storage.ts';

/** Who is told of what the gate has written: the rooms. Called under the lock, after the commit. */
export interface Audience {
  /** Sends each follower the updates of its document. Never throws, never waits. */
  broadcast(updates: readonly DocumentUpdate[]): void;
  /** Somebody may have lost the right to read: looks again at every follower of these TwinSpaces. */
  recheck(spaces: ReadonlySet<SpaceId>): Promise<void>;
  /** These devices may read more than before: they ask for their rooms again. */
  askAgain(devices: readonly DeviceId[]): void;
  /** SI11: these classroom tablets are given other keys than before: they ask again, now or a little later. */
  askAgainSoon(devices: readonly DeviceId[]): void;
  /** TB7: the sockets of these devices end. */
  cutOff(devices: readonly DeviceId[]): void;
  /** What followers of these TwinSpaces have may be behind the storage: they connect again. */
  restart(spaces: ReadonlySet<SpaceId>): void;
}

/**
 * Whether the puts can take somebody's right to read away: those that write over a member or an account which was
 * there before. New ones take nothing away.
 */
export function mayTakeAway(put: SpacePut): boolean {
  return put.doc === 'members' && (put.map === 'members' || put.map === 'people');
}
