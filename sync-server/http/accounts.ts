import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { activeMember } from '#lib/domain/state.ts';
import { nameKey } from '#lib/domain/usernames.ts';
import { findRequest, type FoundPupil } from '#lib/protocol/messages.ts';
import type { Core } from '#relay/core.ts';
import { ApiError } from './api-error.ts';
import { readBody } from './body.ts';
import { staffedByOwner } from '#relay/devices/owner.ts';
import { enrolledDevice, spend } from './request.ts';

/**
 * POST /api/accounts/find: a pupil of any TwinSpace on this relay by the exact username, for staff (JO8). Adults and
 * names that nobody has are answered alike: who has which name is no directory.
 */
export function accountRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().post('/find', async (context) => {
    const device = await enrolledDevice(core, context);
    const { username } = await readBody(context, findRequest, 4096);
    const staffed = await staffedByOwner(core, device);
    if (staffed.size === 0) throw new ApiError('not-permitted');
    spend(core, 'lookups', device.owner);
    const directory = await core.truth.directory();
    const account = directory.holderOf(nameKey(username));
    const [open, closed] = account ? [directory.public(account), directory.private(account)] : [];
    if (!account || open?.custody.kind !== 'home' || !closed) throw new ApiError('not-found');
    const found: FoundPupil = {
      account,
      username: closed.username,
      school: closed.school,
      home: open.home,
      custodian: open.custody.custodian,
      ...(await namesFor(core, account, [...staffed.keys()]))
    };
    return context.json(found);
  });
}

/** The names, where the one who asks is staff in a TwinSpace of the pupil. */
async function namesFor(
  core: Core,
  account: AccountId,
  staffed: readonly SpaceId[]
): Promise<Pick<FoundPupil, 'display' | 'given' | 'family'>> {
  const directory = await core.truth.directory();
  const shared = directory.spaces(account).filter((id) => staffed.includes(id));
  for (const id of shared) {
    const space = await core.truth.space(id);
    const member = space && activeMember(space.state, account);
    const names = directory.private(account);
    if (member && names) return { display: member.display, given: names.given, family: names.family };
  }
  return {};
}
