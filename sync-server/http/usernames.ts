import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { isStaff } from '#lib/domain/roles.ts';
import { activeMember } from '#lib/domain/state.ts';
import { firstFree, isUsername } from '#lib/domain/usernames.ts';
import { nextRequest } from '#lib/protocol/messages.ts';
import type { Core } from '#relay/core.ts';
import type { StoredDevice } from '#relay/storage/storage.ts';
import { ApiError } from './api-error.ts';
import { readBody } from './body.ts';
import { enrolledDevice } from './request.ts';

/** POST /api/usernames/next: the first free number of a name, for staff (UN4): who has which name is no directory. */
export function usernameRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>().post('/next', async (context) => {
    const device = await enrolledDevice(core, context);
    const { base } = await readBody(context, nextRequest, 4096);
    if (!(await ownerIsStaff(core, device))) throw new ApiError('not-permitted');
    if (!isUsername(`${base}.1`)) throw new ApiError('malformed');
    const directory = await core.truth.directory();
    return context.json({ username: firstFree(base, (key) => directory.holderOf(key) !== undefined) });
  });
}

async function ownerIsStaff(core: Core, device: StoredDevice): Promise<boolean> {
  if (device.kind !== 'personal') return false;
  const directory = await core.truth.directory();
  for (const id of directory.spaces(device.owner)) {
    const space = await core.truth.space(id);
    const member = space && activeMember(space.state, device.owner);
    if (member && isStaff(member.role)) return true;
  }
  return false;
}
