import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Core } from '#relay/core.ts';
import { isDiskFull } from '#relay/disk-full.ts';
import { caps } from '#relay/caps.ts';
import { accountPaying } from '#relay/devices/payer.ts';
import { announced, examine } from '#relay/media/examine.ts';
import { mendHere, tellHere } from '#relay/media/here.ts';
import { type Arriving } from '#relay/media/media-store.ts';
import { mediaParts, type MediaAddress } from '#lib/protocol/media.ts';
import { areCounted, roomInSpace } from '#lib/domain/media.ts';
import type { MediaId } from '#lib/domain/ids.ts';
import { ApiError } from './api-error.ts';
import { bodyParts } from './body.ts';
import { mediaAim, type MediaAim } from './media-aim.ts';
import { spend, type ApiContext } from './request.ts';

/** The version of the protocol that is spoken (https://tus.io/protocols/resumable-upload, core). */
const tus = '1.0.0';

/**
 * HEAD and PATCH /api/spaces/<space>/media/<media>/<file|preview>/upload: how much has arrived, and more of it (MR1).
 * Hono answers HEAD by what it has for GET.
 */
export function mediaUploadRoutes(core: Core): Hono<{ Bindings: HttpBindings }> {
  /** Uploads to which something is being added, or that are being looked at. */
  const busy = new Set<string>();
  const alone = async (aim: MediaAim, work: () => Promise<void>): Promise<void> => {
    const key = Object.values(arrivingOf(aim)).join(' ');
    if (busy.has(key)) throw new ApiError('too-many', 1);
    busy.add(key);
    try {
      await work();
    } catch (error) {
      throw isDiskFull(error) ? new ApiError('disk-full') : error;
    } finally {
      busy.delete(key);
    }
  };
  const upload = new Hono<{ Bindings: HttpBindings }>();
  upload.use('/:space/media/:media/:part/upload', async (context, next) => {
    context.header('Tus-Resumable', tus);
    if (context.req.header('tus-resumable') !== tus) {
      context.header('Tus-Version', tus);
      throw new ApiError('other-tus');
    }
    await next();
  });
  upload.get('/:space/media/:media/:part/upload', async (context) => {
    const aim = await mediaAim(core, context);
    // A relay that ended between the last byte and the look at the whole looks now: what is told as whole is kept.
    if ((await offsetOf(core, aim)) === aim.said.bytes) await alone(aim, () => finish(core, context, aim));
    context.header('Upload-Offset', String(await offsetOf(core, aim)));
    context.header('Upload-Length', String(aim.said.bytes));
    return context.body(null);
  });
  upload.patch('/:space/media/:media/:part/upload', async (context) => {
    const aim = await mediaAim(core, context);
    await alone(aim, () => take(core, context, aim));
    context.header('Upload-Offset', String(await offsetOf(core, aim)));
    return context.body(null, 204);
  });
  return upload;
}

function arrivingOf({ file, device }: MediaAim): Arriving {
  return { ...file, device: device.id };
}

/** In bytes; of a file that is there, whichever device sent it, all of them. */
async function offsetOf({ media }: Core, aim: MediaAim): Promise<number> {
  return (await media.has(aim.file)) ? aim.said.bytes : media.arrived(arrivingOf(aim));
}

/** MR1: adds to what has arrived; with the last byte it is kept. */
async function take(core: Core, context: ApiContext, aim: MediaAim): Promise<void> {
  const { media: store } = core;
  const { device, said } = aim;
  const offset = await offsetOf(core, aim);
  if (context.req.header('upload-offset') !== String(offset)) throw new ApiError('other-offset');
  const left = said.bytes - offset;
  const parts = bodyParts(context, 'application/offset+octet-stream', left);
  if (left > 0) {
    checkWanted(core, aim);
    const begins = offset === 0 && (await store.begunBy(device.id)) >= caps.media.begunPerDevice;
    if (begins) throw new ApiError('too-many', 60);
    const pay = (bytes: number): void => spend(core, 'mediaIn', accountPaying(device), bytes);
    await store.append(arrivingOf(aim), paid(parts, pay));
  }
  if ((await offsetOf(core, aim)) === said.bytes) await finish(core, context, aim);
}

/** MR2: looks at what has arrived whole, and keeps it or throws it away; it may be there already. */
async function finish(core: Core, context: ApiContext, aim: MediaAim): Promise<void> {
  const { media: store } = core;
  const { media, file } = aim;
  const arriving = arrivingOf(aim);
  if (await store.has(file)) {
    // Another device was faster.
    await store.discard(arriving);
    return mendHere(core, aim);
  }
  // Whoever sends slowly may have lost the right meanwhile, and what is sent its place.
  checkWanted(core, await mediaAim(core, context));
  const arrived = await store.openArrived(arriving);
  const why = await examine(media, file.part, arrived).finally(() => arrived.close());
  if (why) {
    await store.discard(arriving);
    throw new ApiError(why);
  }
  await store.keep(arriving, await sameBytes(core, aim));
  await tellHere(core, file.space, [file.media]);
}

/** ML2, ML3: what lies in the trash is not taken, nor what comes so late that its room was given away. */
function checkWanted({ clock, ceilings }: Core, { state, media }: MediaAim): void {
  if (media.removed) throw new ApiError('not-found');
  const now = clock.today();
  if (!areCounted(media, now) && roomInSpace({ state, now, ceilings }, media))
    throw new ApiError('media-full');
}

/** MR5: a file of the TwinSpace with the bytes that have arrived now. */
async function sameBytes(
  { media: store }: Core,
  { state, said, file }: MediaAim
): Promise<MediaAddress | undefined> {
  for (const [id, media] of state.members.media) {
    for (const part of mediaParts) {
      const other = { space: state.id, media: id as MediaId, part };
      const same = announced(media, part)?.hash === said.hash && (id !== file.media || part !== file.part);
      if (same && (await store.has(other))) return other;
    }
  }
  return undefined;
}

async function* paid(
  parts: AsyncIterable<Uint8Array>,
  pay: (bytes: number) => void
): AsyncGenerator<Uint8Array, void, void> {
  for await (const part of parts) {
    pay(part.length);
    yield part;
  }
}
