import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { sha256 } from '#lib/crypto/encoding.ts';
import type { DeviceId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import { mostTabletsInSpace } from '#lib/domain/tablet-room.ts';
import { isServed } from '#lib/domain/may-read.ts';
import { isDisplay } from '#lib/domain/names.ts';
import { freeTabletName, nextTabletNumber } from '#lib/domain/tablet-names.ts';
import { tabletCheck } from '#lib/protocol/tablet-check.ts';
import { offerLook, tabletAsk, type OfferAnswer, type OfferKey } from '#lib/protocol/tablets.ts';
import type { Core } from '#relay/core.ts';
import { mayOffer } from '#relay/gate/offers.ts';
import { writeRecords } from '#relay/gate/write-records.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import type { OfferHash, StoredOffer } from '#relay/storage/tablet-store.ts';
import { ApiError } from './api-error.ts';
import { readBody } from './body.ts';
import { giveCookie, freshCookie } from './device-cookie.ts';
import { reportFor } from '#relay/devices/device-report.ts';
import { deviceOf, spendAtDoor } from './request.ts';
import { revocationOf } from '../devices/revocation.ts';

/** POST /api/tablets/look and …/ask: what an offer is for, and asking to be let in with it (TB3, TB4). */
export function tabletRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  routes.post('/look', async (context) => {
    await spendAtDoor(core, context);
    const { offer: key } = await readBody(context, offerLook, 4096);
    const offer = await open(core, await core.storage.tablets.offer(await hashOf(key)));
    const state = (await core.truth.space(offer.space))?.state;
    const answer: OfferAnswer = {
      space: offer.space,
      spaceName: state?.members.meta.get('space')?.name ?? '',
      by: state?.members.members.get(offer.by)?.display ?? '',
      seconds: Math.ceil((offer.expires - core.clock.instant()) / 1000),
      number: nextTabletNumber(await namesIn(core, offer.space))
    };
    return context.json(answer);
  });

  routes.post('/ask', async (context) => {
    await spendAtDoor(core, context);
    const { offer: key, device: id, name } = await readBody(context, tabletAsk, 4096);
    if (!isDisplay(name)) throw new ApiError('malformed');
    const before = await deviceOf(core, context, id);
    const hash = await hashOf(key);
    const secret = await core.lock.run(() => ask(core, hash, { id, name, before }));
    if (secret !== undefined) giveCookie(context, secret);
    const [device] = await core.storage.devices.some([id]);
    if (!device) throw new Error('a tablet that was just enrolled is not there');
    return context.json(await reportFor(core, device));
  });

  return routes;
}

/** A browser that asks, and what it is enrolled as so far. */
interface Asking {
  readonly id: DeviceId;
  readonly name: string;
  readonly before: StoredDevice | undefined;
}

/**
 * Enrols the tablet as one that waits; what the browser was before is revoked. Only under the lock. Whoever lost the
 * answer asks again with the same offer and id, and is given another cookie as long as the first never came.
 *
 * @returns the secret of the cookie, where it got a new one
 */
async function ask(core: Core, hash: OfferHash, asking: Asking): Promise<string | undefined> {
  const { storage, clock } = core;
  const { id, name, before } = asking;
  const known = await storage.tablets.offer(hash);
  const [taken] = await storage.devices.some([id]);
  const same = taken !== undefined && known !== undefined && taken.offer === known.offer;
  if (same && before?.id === id) return undefined;
  const { secret, hash: cookieHash } = await freshCookie();
  if (same && !taken.confirmed && !taken.revoked) {
    await storage.devices.reissue(id, cookieHash);
    return secret;
  }
  if (taken) throw new ApiError('device-taken');
  const offer = await open(core, known);
  await checkOthers(core, offer, asking);
  const names = await namesIn(core, offer.space, before?.id);
  const { records, directory, activity } = await revocationOf(core, offer, before);
  await writeRecords({ storage, truth: core.truth, audience: core.rooms }, records, (updates) =>
    storage.tablets.ask({
      id,
      offer,
      cookieHash,
      updates,
      directory,
      name: freeTabletName(name, names),
      ...(before ? { revoke: before.id } : {}),
      ...(activity ? { activity } : {}),
      created: clock.today()
    })
  );
  const all = await core.truth.directory();
  for (const put of directory) all.put(put);
  if (before) core.rooms.cutOff([before.id]);
  return secret;
}

/** TB17: what the other tablets of a TwinSpace are called, those that wait among them. */
async function namesIn(core: Core, space: SpaceId, but?: DeviceId): Promise<readonly string[]> {
  const named = (await core.truth.space(space))?.state.staff.tablets;
  const tablets = await core.storage.tablets.of([space]);
  return tablets.flatMap(({ id, revoked, name }) => {
    const called = named?.get(id)?.name ?? name;
    return revoked || id === but || called === undefined ? [] : [called];
  });
}

/**
 * TB12: a tablet that shows the digits of another one that waits there takes another id: a teacher says yes to the one in
 * hand. TB13: and one TwinSpace has so many tablets at most, those that wait among them; what this browser was before
 * is one of them no more.
 */
async function checkOthers(core: Core, { space }: StoredOffer, { id, before }: Asking): Promise<void> {
  const state = (await core.truth.space(space))?.state;
  const others = (await core.storage.tablets.of([space])).filter((other) => other.id !== before?.id);
  const waiting = others.filter(({ stage, revoked }) => stage === 'waiting' && !revoked);
  const active = others.filter((other) => state && isServed(state, other));
  if (active.length + waiting.length >= mostTabletsInSpace) throw new ApiError('tablets-full');
  if (waiting.some((other) => tabletCheck(other.id) === tabletCheck(id))) throw new ApiError('device-taken');
}

/** The offer, if it still counts: in time, not used up, and by somebody who may still offer there (TB14). */
async function open(core: Core, offer: StoredOffer | undefined): Promise<StoredOffer> {
  if (!offer) throw new ApiError('offer-unknown');
  if (offer.expires <= core.clock.instant()) throw new ApiError('offer-expired');
  if (offer.used >= offer.count) throw new ApiError('offer-full');
  const state = (await core.truth.space(offer.space))?.state;
  if (!state || !mayOffer(state, await core.truth.directory(), offer.by))
    throw new ApiError('offer-withdrawn');
  return offer;
}

async function hashOf(key: OfferKey): Promise<OfferHash> {
  return 'secret' in key
    ? { secretHash: (await sha256(key.secret)) as SecretHash }
    : { codeHash: key.codeHash };
}
