import type { PictureQuestion } from '#lib/capture/picture-worker.ts';
import { Pictures } from '#lib/capture/pictures.ts';
import type { MediaId, PageId, SpaceId } from '#lib/domain/ids.ts';
import { mediaBytes, mediaIn } from '#lib/domain/media.ts';
import { can } from '#lib/domain/permissions.ts';
import type { Media } from '#lib/domain/records.ts';
import type { Refusal } from '#lib/domain/refusals.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { kindOfMedia } from '#lib/domain/media-types.ts';
import { settingsOf } from '#lib/domain/state.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import type { MediaInPage } from '#lib/yjs/media-of-parts.ts';
import type { PlayedFile } from '#lib/store/played-file.ts';
import { type Result } from '../device/result.ts';
import type { Wish } from '../work/wish.ts';
import { submitAll } from '../work/submit-all.ts';
import { roleIn } from '../work/may.ts';
import { addPicture, type Added } from './add-media.ts';
import { addRecording, type Recording } from './add-recording.ts';
import { BegunDrawing } from './begun-drawing.ts';
import { mediaRows, type MediaRow } from './media-rows.ts';
import type { MediaBench, SeenMedia } from './seen-media.ts';

/** Adds what somebody took, chose or made. */
export interface Adding {
  /** Draws a picture anew and keeps it on this device (MT1, MT2). */
  picture(question: PictureQuestion): Promise<Added>;
  /** Walks a film or a sound and keeps it on this device (MT7). */
  recording(made: Recording): Promise<Added>;
  /** MK9: what is drawn for the page, until it stands in it. */
  readonly drawing: BegunDrawing;
  /** What is not done yet is given up. */
  close(): void;
}

/** Media where they stand. */
export interface UsedMedia extends MediaInPage {
  readonly page: PageId;
}

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

  /** MT10: the whole, to be played until it is closed. */
  play(id: string): Promise<PlayedFile | undefined> {
    return this.#work.media.play(id as MediaId);
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
      drawing: new BegunDrawing(this.#work, page),
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

  /** All that this person may see, the newest first. */
  readonly rows: readonly MediaRow[] = $derived.by(() => mediaRows(this.#work, this.#space));

  /** ML4: how many wait for an adult's yes, for whoever can give it. */
  readonly waiting: number = $derived.by(() => {
    if (this.mayApprove !== true) return 0;
    const { media } = this.#work.stateOf(this.#space).members;
    return [...media.values()].filter(({ waiting, removed }) => waiting && !removed).length;
  });

  /** PE35 */
  get mayApprove(): true | Refusal {
    return can(roleIn(this.#work, this.#space), 'approve-media');
  }

  /** ML2: how much of the TwinSpace's room is taken, in bytes. */
  readonly room: { readonly used: number; readonly most: number } = $derived.by(() => {
    const state = this.#work.stateOf(this.#space);
    const most = settingsOf(state).mediaSpaceMegabytes * 1_000_000;
    return { used: mediaBytes(state, this.#work.today), most };
  });

  /** Where each of them stands in the pages that this person may read, as far as their texts are here. */
  async usedIn(pages: readonly PageId[]): Promise<ReadonlyMap<string, readonly UsedMedia[]>> {
    const used = new Map<string, UsedMedia[]>();
    for (const page of pages)
      for (const one of await this.#work.media.inPages.of(this.#space, page))
        used.set(one.media, [...(used.get(one.media) ?? []), { ...one, page }]);
    return used;
  }

  remove(media: readonly MediaId[]): Promise<Result<void>> {
    return this.#all(media.map((one) => ({ name: 'media.remove', args: { media: one } })));
  }

  restore(media: readonly MediaId[]): Promise<Result<void>> {
    return this.#all(media.map((one) => ({ name: 'media.restore', args: { media: one } })));
  }

  /** ML4: others see them from now on. */
  approve(media: readonly MediaId[]): Promise<Result<void>> {
    return this.#all(media.map((one) => ({ name: 'media.approve', args: { media: one } })));
  }

  /** ML5: it goes to the trash, and its owner reads why. */
  refuse(media: MediaId, why: string): Promise<Result<void>> {
    const owner = mediaIn(this.#work.stateOf(this.#space), media)?.owner ?? this.#work.me.account;
    return this.#all([{ name: 'media.refuse', args: { media, owner, why } }]);
  }

  #all(wishes: readonly Wish[]): Promise<Result<void>> {
    return submitAll(this.#work, this.#space, wishes);
  }

  #seen(id: MediaId, media: Media): SeenMedia {
    const { owner, width, height, seconds, bytes } = media;
    const here = this.#work.media;
    const mine = owner === this.#work.me.account;
    const part = here.best(id);
    const inside = mine || isStaff(roleIn(this.#work, this.#space));
    const waits = media.waiting && (inside ? 'shown' : 'hidden');
    const why = inside ? media.removed?.why : undefined;
    return {
      is: kindOfMedia(media),
      width,
      height,
      bytes,
      owner,
      mine,
      ...(seconds === undefined ? {} : { seconds }),
      ...(waits ? { waits } : {}),
      removed: media.removed !== undefined,
      ...(why === undefined ? {} : { why }),
      ...(part ? { part } : {}),
      refused: here.stateOf(id) === 'refused',
      comes: media.here?.file === true
    };
  }
}
