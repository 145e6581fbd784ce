import { isUuid, type MediaId, type SpaceId } from '#lib/domain/ids.ts';
import { mayHaveMedia } from '#lib/domain/may-read.ts';
import { mediaIn } from '#lib/domain/media.ts';
import type { Media, MediaFile } from '#lib/domain/records.ts';
import type { SpaceState } from '#lib/domain/state.ts';
import type { Core } from '#relay/core.ts';
import { readerOf } from '#relay/devices/let-in.ts';
import { announced } from '#relay/media/examine.ts';
import { mediaParts, type MediaAddress } from '#lib/protocol/media.ts';
import type { StoredDevice } from '#relay/storage/records.ts';
import { ApiError } from './api-error.ts';
import { enrolledDevice, type ApiContext } from './request.ts';

/** What a request for media is about, by a device that may have them. */
export interface MediaAim {
  readonly device: StoredDevice;
  readonly state: SpaceState;
  readonly media: Media;
  readonly said: MediaFile;
  readonly file: MediaAddress;
}

/** MR3: the media of which `/<space>/media/<media>/<part>` speaks. Throws where there are none, or not for this device. */
export async function mediaAim(core: Core, context: ApiContext): Promise<MediaAim> {
  const device = await enrolledDevice(core, context);
  const [space, id] = [context.req.param('space') ?? '', context.req.param('media') ?? ''];
  const part = mediaParts.find((one) => one === context.req.param('part'));
  if (!isUuid(space) || !isUuid(id)) throw new ApiError('malformed');
  const state = (await core.truth.space(space as SpaceId))?.state;
  const media = state && mediaIn(state, id as MediaId);
  const said = media && part && announced(media, part);
  if (!media || !part || !said) throw new ApiError('not-found');
  const reader = await readerOf(core.truth, device);
  if (!mayHaveMedia(state, await core.truth.directory(), reader, media)) throw new ApiError('not-permitted');
  return { device, state, media, said, file: { space: state.id, media: id as MediaId, part } };
}
