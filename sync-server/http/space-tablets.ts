import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { isUuid, type DeviceId, type SpaceId } from '#lib/domain/ids.ts';
import { can } from '#lib/domain/permissions.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { TabletInfo } from '#lib/protocol/tablets.ts';
import { tabletCheck } from '#lib/protocol/tablet-check.ts';
import type { Core } from '#relay/core.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { staffedByOwner } from '#relay/devices/owner.ts';
import { enrolledDevice, type ApiContext } from './request.ts';

/** A tablet that whoever asks may revoke. */
interface Seen {
  readonly device: StoredDevice;
  readonly info: TabletInfo;
}

/** For administrators and teachers: the classroom tablets that they may revoke (PE21), and whose keys were on them (TB10). */
export function spaceTabletRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  /** GET /api/spaces/:space/tablets */
  routes.get('/:space/tablets', async (context) => {
    const seen = await tabletsFor(core, context);
    return context.json({ tablets: seen.map(({ info }) => info) });
  });

  /** GET /api/spaces/:space/tablets/:tablet/accounts */
  routes.get('/:space/tablets/:tablet/accounts', async (context) => {
    const seen = await tabletsFor(core, context);
    const id = context.req.param('tablet') as DeviceId;
    const tablet = seen.find(({ device }) => device.id === id);
    if (!tablet) throw new ApiError('not-found');
    return context.json({ accounts: tablet.device.accounts });
  });

  return routes;
}

async function tabletsFor(core: Core, context: ApiContext): Promise<readonly Seen[]> {
  const asking = await enrolledDevice(core, context);
  const id = (context.req.param('space') ?? '') as SpaceId;
  if (!isUuid(id)) throw new ApiError('malformed');
  const role = (await staffedByOwner(core, asking)).get(id);
  const state = role && (await core.truth.space(id))?.state;
  if (!state) throw new ApiError('not-permitted');
  return (await core.storage.tablets.of([id])).flatMap((device): Seen[] => {
    const by = state.staff.tablets.get(device.id)?.by ?? device.owner;
    const info = toInfo(core, state, device);
    const allowed = can(role, 'revoke-tablet', { mine: by === asking.owner }) === true;
    return info && allowed ? [{ device, info }] : [];
  });
}

/** Undefined for one that asked in vain, which is nobody's any more. */
function toInfo({ rooms }: Core, state: SpaceState, device: StoredDevice): TabletInfo | undefined {
  const { id, offer, lastContact, status } = device;
  const record = state.staff.tablets.get(id);
  if (!record && device.revoked) return undefined;
  const revoked = device.revoked || record?.revoked !== undefined;
  return {
    id,
    name: record?.name ?? device.name ?? '',
    check: tabletCheck(id),
    lastContact,
    stage: revoked ? 'revoked' : record ? 'active' : 'waiting',
    ...(offer === undefined ? {} : { offer }),
    connected: rooms.countOf(id) > 0,
    ...(status === undefined ? {} : { status })
  };
}
