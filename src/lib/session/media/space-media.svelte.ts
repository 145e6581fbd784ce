import type { PictureQuestion } from '#lib/capture/picture-worker.ts';
import { Pictures } from '#lib/capture/pictures.ts';
import type { AccountId, MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { mediaIn } from '#lib/domain/media.ts';
import { can } from '#lib/domain/permissions.ts';
import type { Media } from '#lib/domain/records.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import { isStaff } from '#lib/domain/roles.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import type { Bench } from '../work/bench.ts';
import { roleIn } from '../work/may.ts';
import { addPicture, type Added } from './add-media.ts';
import { addRecording, type Recording } from './add-recording.ts';
import type { MediaHere } from './media-here.svelte.ts';
import { isPicture } from './wanted-media.ts';

/** Adds what somebody took, chose or made. */
export interface Adding {
  /** Draws a picture anew and keeps it on this device (MT1, MT2). */
  picture(question: PictureQuestion): Promise<Added>;
  /** Walks a film or a sound and keeps it on this device (MT7). */
  recording(made: Recording): Promise<Added>;
  /** What is not done yet is given up. */
  close(): void;
}

/** Media as somebody sees them in a page. */
export interface SeenMedia {
  readonly is: 'picture' | 'film' | 'sound';
  readonly width: number;
  readonly height: number;
  /** Of what moves or sounds. */
  readonly seconds?: number;
  /** In bytes. */
  readonly bytes: number;
  readonly owner: AccountId;
  readonly mine: boolean;
  /** ML4: an adult has yet to look at it; `shown` where this person sees it all the same. */
  readonly waits?: 'shown' | 'hidden';
  readonly removed: boolean;
  /** What of it is on this device. */
  readonly part?: MediaPart;
  /** Made here, and the relay would not have it. */
  readonly refused: boolean;
  /** The relay has it, so that it comes. */
  readonly comes: boolean;
}

/** Who acts, and the bytes that are here. */
export type MediaBench = Bench & { readonly media: MediaHere };

/** The media of a TwinSpace as the signed-in person sees them, and what can be done with them. */
export class SpaceMedia {
  readonly #work: MediaBench;
  readonly #space: SpaceId;

  constructor(work: MediaBench, space: SpaceId) {
    this.#work = work;
    this.#space = space;
  }

  /** PE26 */
  get mayAdd(): true | Refusal {
    return can(roleIn(this.#work, this.#space), 'add-media');
  }

  /** Undefined where nobody knows of it. */
  of(id: string): SeenMedia | undefined {
    const media = mediaIn(this.#work.stateOf(this.#space), id as MediaId);
    return media && this.#seen(id as MediaId, media);
  }

  /** The bytes; undefined where they are not here whole. */
  read(id: string, part: MediaPart): Promise<Blob | undefined> {
    return this.#work.media.read(id as MediaId, part);
  }

  /** MT6: somebody wants to see it now. */
  ask(id: string): void {
    this.#work.media.ask(id as MediaId);
  }

  /** What adds pictures, films and sounds for a page. Whoever asks for it closes it. */
  adding(page: PageId): Adding {
    const pictures = new Pictures();
    const stop = new AbortController();
    return {
      picture: (question) => {
        this.#work.stillAtWork();
        return addPicture(this.#work, { space: this.#space, page }, pictures, question);
      },
      recording: (made) => {
        this.#work.stillAtWork();
        return addRecording(this.#work, { space: this.#space, page }, made, pictures, stop.signal);
      },
      close: () => {
        stop.abort();
        pictures.close();
      }
    };
  }

  #seen(id: MediaId, media: Media): SeenMedia {
    const { owner, width, height, seconds, bytes } = media;
    const here = this.#work.media;
    const mine = owner === this.#work.me.account;
    const part = here.best(id);
    const waits = media.waiting && (mine || isStaff(roleIn(this.#work, this.#space)) ? 'shown' : 'hidden');
    return {
      is: isPicture(media) ? 'picture' : width === 0 ? 'sound' : 'film',
      width,
      height,
      bytes,
      owner,
      mine,
      ...(seconds === undefined ? {} : { seconds }),
      ...(waits ? { waits } : {}),
      removed: media.removed !== undefined,
      ...(part ? { part } : {}),
      refused: here.stateOf(id) === 'refused',
      comes: media.here?.file === true
    };
  }
}
