import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Core } from '#relay/core.ts';
import { caps } from '#relay/caps.ts';
import { accountPaying } from '#relay/devices/payer.ts';
import { announced, examine } from '#relay/media/examine.ts';
import { mendHere, tellHere } from '#relay/media/here.ts';
import { mediaParts, type Arriving, type FileOf } from '#relay/media/media-store.ts';
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
  /** Uploads to which something is being added. */
  const busy = new Set<string>();
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
    await mendHere(core, aim);
    context.header('Upload-Offset', String(await offsetOf(core, aim)));
    context.header('Upload-Length', String(aim.said.bytes));
    return context.body(null);
  });
  upload.patch('/:space/media/:media/:part/upload', async (context) => {
    const aim = await mediaAim(core, context);
    const arriving = arrivingOf(aim);
    const key = Object.values(arriving).join(' ');
    if (busy.has(key)) throw new ApiError('too-many', 1);
    busy.add(key);
    try {
      await take(core, context, aim, arriving);
      context.header('Upload-Offset', String(await offsetOf(core, aim)));
      return context.body(null, 204);
    } catch (error) {
      throw isFull(error) ? new ApiError('disk-full') : error;
    } finally {
      busy.delete(key);
    }
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

async function take(core: Core, context: ApiContext, aim: MediaAim, arriving: Arriving): Promise<void> {
  const { media: store } = core;
  const { device, media, said, file } = aim;
  const offset = await offsetOf(core, aim);
  if (context.req.header('upload-offset') !== String(offset)) throw new ApiError('other-offset');
  if (media.removed) throw new ApiError('not-found');
  const begins = offset === 0 && (await store.begunBy(device.id)) >= caps.media.begunPerDevice;
  if (begins) throw new ApiError('too-many', 60);
  const left = said.bytes - offset;
  const parts = bodyParts(context, 'application/offset+octet-stream', left);
  if (left === 0) return mendHere(core, aim);
  await store.append(
    arriving,
    paid(parts, (bytes) => spend(core, 'mediaIn', accountPaying(device), bytes))
  );
  if ((await store.arrived(arriving)) < said.bytes) return;
  const arrived = await store.openArrived(arriving);
  const why = await examine(media, file.part, arrived).finally(() => arrived.close());
  if (why) {
    await store.discard(arriving);
    throw new ApiError(why);
  }
  await store.keep(arriving, await sameBytes(core, aim));
  await tellHere(core, file.space, [file.media]);
}

/** MR5: a file of the TwinSpace with the bytes that have arrived now. */
async function sameBytes(
  { media: store }: Core,
  { state, said, file }: MediaAim
): Promise<FileOf | undefined> {
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

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
