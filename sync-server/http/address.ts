import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { can } from '#lib/domain/permissions.ts';
import { readPublicAddress } from '#lib/domain/public-address.ts';
import { addressRequest, type AddressAnswer } from '#lib/protocol/messages.ts';
import type { Core } from '#relay/core.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { readBody } from './body.ts';
import { staffedByOwner } from '#relay/devices/owner.ts';
import { deviceOf, enrolledDevice, type ApiContext } from './request.ts';

/** GET and POST /api/address: under which address people open the app (OP12). */
export function addressRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  return new Hono<{ Bindings: HttpBindings }>()
    .get('/', async (context) => context.json(await answer(core, context)))
    .post('/', async (context) => {
      const device = await enrolledDevice(core, context);
      const { address } = await readBody(context, addressRequest, 4096);
      const read = address === '' ? '' : readPublicAddress(address);
      if (read === undefined) throw new ApiError('malformed');
      if (!(await mayChoose(core, device))) throw new ApiError('not-permitted');
      await core.address.choose(read);
      return context.json(await answer(core, context));
    });
}

async function answer(core: Core, context: ApiContext): Promise<AddressAnswer> {
  const device = await deviceOf(core, context);
  const { said } = core.address;
  return {
    founded: await core.storage.documents.any(),
    ...said,
    mayChoose: device !== undefined && (await mayChoose(core, device))
  };
}

/**
 * Everybody's links go where this address says: so it is for the technician to say, and else for the administrators of
 * the TwinSpace that was founded first, with the technician's own link; not for those of every TwinSpace here.
 */
async function mayChoose(core: Core, device: StoredDevice): Promise<boolean> {
  if (core.address.said.by === 'technician') return false;
  const [first] = await core.storage.changes.after(0, 1);
  const role = first && (await staffedByOwner(core, device)).get(first.space);
  return role !== undefined && can(role, 'change-settings') === true;
}
