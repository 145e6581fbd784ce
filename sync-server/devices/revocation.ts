import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { isServed } from '#lib/domain/may-read.ts';
import type { DirectoryPut, SpacePut } from '#lib/domain/puts.ts';
import { activeMember } from '#lib/domain/state.ts';
import type { Core } from '#relay/core.ts';
import type { NewActivity, StoredDevice } from '#relay/storage/records.ts';
import type { StoredOffer } from '#relay/storage/tablet-store.ts';

/** What is written down of a device that can never come again. */
export interface Revocation {
  readonly records: readonly SpacePut[];
  readonly directory: readonly DirectoryPut[];
  readonly activity?: NewActivity;
}

/**
 * TB11: what a browser was before it asked to be let in with this offer is revoked, and whoever looks after it sees that.
 * LO9: it stands in the activity log of a classroom tablet's own TwinSpace; of a personal device in that of the offer,
 * where its owner is a member, and else in none: what devices somebody has concerns nobody elsewhere.
 */
export async function revocationOf(
  core: Core,
  offer: StoredOffer,
  before: StoredDevice | undefined
): Promise<Revocation> {
  if (!before) return { records: [], directory: [] };
  const on = core.clock.today();
  const entry = (space: SpaceId, actor: AccountId): NewActivity => ({
    space,
    actor,
    received: on,
    name: 'device.revoke',
    about: before.id,
    detail: {}
  });
  if (before.space === undefined) {
    const facts = (await core.truth.directory()).device(before.id);
    const here = (await core.truth.space(offer.space))?.state;
    const known = here && activeMember(here, before.owner);
    return {
      records: [],
      directory: [{ doc: 'directory', map: 'devices', key: before.id, value: { ...facts, revoked: on } }],
      ...(known ? { activity: entry(offer.space, offer.by) } : {})
    };
  }
  const state = (await core.truth.space(before.space))?.state;
  const tablet = state && isServed(state, before) ? state.staff.tablets.get(before.id) : undefined;
  if (!tablet) return { records: [], directory: [] };
  // Whoever offers elsewhere is nobody there.
  const by = offer.space === before.space ? offer.by : tablet.by;
  const value = { ...tablet, revoked: { by, on } };
  return {
    records: [{ doc: 'staff', map: 'tablets', key: before.id, value, space: before.space }],
    directory: [],
    activity: entry(before.space, by)
  };
}
