import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { isUuid, type AccountId, type SpaceId } from '#lib/domain/ids.ts';
import { isServed } from '#lib/domain/may-read.ts';
import { activeMember, type SpaceState } from '#lib/domain/state.ts';
import type { ErasureReceipt, SpaceDevice } from '#lib/protocol/messages.ts';
import type { Core } from '#relay/core.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { staffedByOwner } from '#relay/devices/owner.ts';
import { enrolledDevice, type ApiContext } from './request.ts';

/** For the administrators of a TwinSpace: its devices with what waits on them (SP6), and who has confirmed an erasure (ER7). */
export function spaceDeviceRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  /** GET /api/spaces/:space/devices */
  routes.get('/:space/devices', async (context) => {
    const state = await administered(core, context);
    const active = [...state.members.members.keys()].filter((id) => activeMember(state, id as AccountId));
    const personal = await core.storage.devices.serving(active as AccountId[]);
    const tablets = await core.storage.tablets.of([state.id]);
    const own = [...personal.filter(({ kind }) => kind === 'personal'), ...tablets].filter(
      (device) => !device.revoked && isOwn(state, device)
    );
    return context.json({ devices: own.map((device) => toSpaceDevice(device)) });
  });

  /** GET /api/spaces/:space/erased/:account */
  routes.get('/:space/erased/:account', async (context) => {
    const state = await administered(core, context);
    const account = context.req.param('account') as AccountId;
    if (state.members.members.get(account)?.status.is !== 'erased') throw new ApiError('not-found');
    const receipts = await core.storage.erasures.receipts(account);
    const stored = await core.storage.devices.some(receipts.map(({ device }) => device));
    const answer: ErasureReceipt = { devices: [], others: { devices: 0, confirmed: 0 } };
    for (const { device: id, confirmed } of receipts) {
      const device = stored.find((one) => one.id === id);
      if (device && isOwn(state, device))
        answer.devices.push({ ...toSpaceDevice(device), ...(confirmed ? { confirmed } : {}) });
      else {
        answer.others.devices += 1;
        if (confirmed) answer.others.confirmed += 1;
      }
    }
    return context.json(answer);
  });

  return routes;
}

/**
 * SP6, ER9: the devices of which a TwinSpace is told: those of its members, and the classroom tablets that it has let in.
 * A device of somebody who is no member here, on which a pupil of both is at home, is none of theirs; nor is a classroom
 * tablet of another TwinSpace.
 */
function isOwn(state: SpaceState, device: StoredDevice): boolean {
  return device.kind === 'classroom' ? isServed(state, device) : state.members.members.has(device.owner);
}

/** The TwinSpace, if whoever owns the asking device is an administrator there. */
async function administered(core: Core, context: ApiContext): Promise<SpaceState> {
  const device = await enrolledDevice(core, context);
  const id = context.req.param('space') ?? '';
  if (!isUuid(id)) throw new ApiError('malformed');
  if ((await staffedByOwner(core, device)).get(id as SpaceId) !== 'teacher-admin')
    throw new ApiError('not-permitted');
  const space = await core.truth.space(id as SpaceId);
  if (!space) throw new ApiError('not-found');
  return space.state;
}

function toSpaceDevice({ id, kind, owner, lastContact, waiting }: StoredDevice): SpaceDevice {
  return { id, kind, owner, lastContact, waiting };
}
