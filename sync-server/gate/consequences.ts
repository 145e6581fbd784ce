import type { Decision } from '#lib/domain/decide.ts';
import type { Directory } from '#lib/domain/directory.ts';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import type { DirectoryPut, Put, SpacePut } from '#lib/domain/puts.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import {
  endedKeys,
  raisedAtHome,
  rescoped,
  saidOfDevices,
  scopeChanges
} from '#relay/devices/device-effects.ts';
import type { AcceptedWrite } from '#relay/storage/change-store.ts';
import type { InvitationLink } from '#relay/storage/records.ts';
import { mayTakeAway } from './audience.ts';
import type { Tell } from './tell.ts';

/** What a decision comes to beside its documents. */
export interface Consequences {
  /** What is stored in the same transaction. */
  readonly rows: Pick<
    AcceptedWrite,
    'directory' | 'invitations' | 'endedKeys' | 'admitted' | 'rescoped' | 'revoked'
  >;
  /** Whom the rooms look at once it is stored. */
  readonly tell: Omit<Tell, 'less'>;
}

/**
 * GA10: all that follows from the puts of a decision, told by what they write and nothing else: no command is named here.
 *
 * @param before the TwinSpaces that are touched, as they stood before
 * @param directory as it stood before
 */
export function consequencesOf(
  { puts, projected }: Decision,
  space: SpaceId,
  before: readonly SpaceState[],
  directory: Directory
): Consequences {
  const devices = saidOfDevices(puts);
  return {
    rows: {
      directory: puts.filter((put): put is DirectoryPut => put.doc === 'directory'),
      invitations: invitationsIn(puts, space),
      endedKeys: endedKeys(puts, directory),
      admitted: devices.changed,
      rescoped: rescoped(projected, before),
      revoked: devices.revoked
    },
    tell: {
      devices,
      narrowed: narrowedBy(projected, before),
      widened: widenedBy(puts, directory),
      scopes: scopeChanges(projected, before),
      raised: raisedAtHome(projected, before, directory)
    }
  };
}

function narrowedBy(puts: readonly SpacePut[], before: readonly SpaceState[]): ReadonlySet<SpaceId> {
  const narrowed = new Set<SpaceId>();
  for (const put of puts) {
    const state = before.find(({ id }) => id === put.space);
    if (state && mayTakeAway(put, state)) narrowed.add(put.space);
  }
  return narrowed;
}

function widenedBy(puts: readonly Put[], before: Directory): readonly AccountId[] {
  return puts.flatMap((put) => {
    if (put.doc !== 'directory' || put.map !== 'spaces' || !put.value) return [];
    const known = before.spaces(put.key as AccountId);
    return known.length > 0 && put.value.length > known.length ? [put.key as AccountId] : [];
  });
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
