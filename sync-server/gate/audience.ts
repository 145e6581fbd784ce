import type { DeviceId, GroupId, SpaceId } from '#lib/domain/ids.ts';
import type { SpacePut } from '#lib/domain/puts.ts';
import type { Page } from '#lib/domain/records.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { DocumentUpdate } from '#relay/storage/records.ts';

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
 * Whether the put can take somebody's right to read away: it writes another role or standing over a member, another
 * custody over an account, or fewer readers over a page; or it takes a member out of a group to which a draft was
 * given (RD4). New ones take nothing away, nor do names, keys or what a member tells.
 *
 * @param before its TwinSpace as it stood before
 */
export function mayTakeAway(put: SpacePut, { members }: SpaceState): boolean {
  if (put.doc !== 'members') return false;
  switch (put.map) {
    case 'members': {
      const known = members.members.get(put.key);
      if (!known) return false;
      const { role, status, groups = [] } = put.value ?? {};
      if (role !== known.role || status?.is !== known.status.is) return true;
      const left = known.groups?.filter((group) => !groups.includes(group)) ?? [];
      return left.length > 0 && [...members.pages.values()].some((page) => isDraftOf(page, left));
    }
    case 'people': {
      const known = members.people.get(put.key);
      return known !== undefined && JSON.stringify(put.value?.custody) !== JSON.stringify(known.custody);
    }
    case 'pages': {
      const known = members.pages.get(put.key);
      if (!known) return false;
      const { draft, editors = [] } = put.value ?? { draft: true };
      return draft === true && (!known.draft || known.editors.length > editors.length);
    }
    default:
      return false;
  }
}

function isDraftOf({ draft, editors }: Page, groups: readonly GroupId[]): boolean {
  return draft === true && editors.some(({ to }) => to.is === 'group' && groups.includes(to.group));
}
