import { mediaType } from '#lib/domain/media-types.ts';
import type { Media, MediaFile } from '#lib/domain/records.ts';
import type { MediaAddress } from '#lib/protocol/media.ts';
import type { Core } from '#relay/core.ts';
import { ApiError } from './api-error.ts';
import { answerOutside, askedStretch, sayStretch } from './asked-stretch.ts';
import { paid } from './paid.ts';
import { spend, type ApiContext } from './request.ts';

/** MR4: what a browser makes of the bytes on their own: nothing. */
const alone = `default-src 'none'; frame-ancestors 'none'; sandbox`;

/** A file that somebody may have. */
export interface MediaToSend {
  readonly media: Media;
  readonly said: MediaFile;
  readonly file: MediaAddress;
  /** Who is counted for its bytes (MR7). */
  readonly payer: string;
  /** Cache-Control where they are kept otherwise than for a year: nothing of them ever changes. */
  readonly cache?: string;
}

/** MR4: the bytes, or one stretch of them. Throws where they are not there. */
export async function sendMedia(
  core: Core,
  context: ApiContext,
  { media, said, file, payer, cache }: MediaToSend
): Promise<Response> {
  if (!(await core.media.has(file))) throw new ApiError('not-found');
  const stretch = askedStretch(context, said.bytes);
  if (!stretch) return answerOutside(context, said.bytes);
  const { from, to } = stretch;
  const isTold = context.req.method !== 'HEAD';
  if (isTold) spend(core, 'mediaOut', payer, to - from);
  describe(context, media, said);
  if (cache !== undefined) context.header('Cache-Control', cache);
  const status = sayStretch(context, stretch, said.bytes);
  if (!isTold) return context.body(null, status);
  return context.body(paid(core, { payer, bytes: to - from }, core.media.read(file, from, to)), status);
}

function describe(context: ApiContext, { width, waiting, removed }: Media, { kind }: MediaFile): void {
  const type = mediaType(kind);
  context.header('Content-Type', width === 0 ? type.replace('video/', 'audio/') : type);
  context.header('Content-Disposition', 'attachment');
  context.header('Content-Security-Policy', alone);
  context.header('Cache-Control', waiting || removed ? 'no-store' : 'private, max-age=31536000, immutable');
}
