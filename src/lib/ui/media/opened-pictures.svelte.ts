import { drawEdited } from '#lib/capture/draw-edited.ts';
import { openPicture } from '#lib/capture/open-picture.ts';
import { noEdits } from '#lib/capture/picture-edits.ts';
import type { PictureDraft } from '#lib/ui/media/picture-draft.svelte.ts';

/** In pixels: the picture that is worked on, and one in the strip. */
const longestShown = 1280;
const longestSmall = 144;

/**
 * MK3: the pictures of a dialog as bitmaps. One is decoded at a time, one is held large: the one that is worked on; of
 * the others only a small one is. `close` lets go of all.
 */
export class OpenedPictures {
  #last: Promise<void> = Promise.resolve();
  #wanted: PictureDraft | undefined;
  #closed = false;

  /** The one that is worked on, once it is there. */
  shown = $state.raw<{ readonly draft: PictureDraft; readonly bitmap: ImageBitmap }>();
  small = $state.raw<ReadonlyMap<PictureDraft, ImageBitmap>>(new Map());

  /** Opens this one before all others; the one before it is let go of. */
  show(draft: PictureDraft): void {
    this.#wanted = draft;
    this.shown?.bitmap.close();
    this.shown = undefined;
    this.#next(async () => {
      // Whoever taps through the strip sees the one where they stop.
      if (this.#wanted === draft) await this.#open(draft);
    });
  }

  /** Draws the small ones, one after the other; whoever chooses one meanwhile is served first. */
  async drawSmall(drafts: readonly PictureDraft[]): Promise<void> {
    for (const draft of drafts) {
      await this.#last;
      if (this.#closed) return;
      this.#next(async () => {
        if (!this.small.has(draft) && !draft.refused) await this.#open(draft);
      });
    }
  }

  close(): void {
    this.#closed = true;
    this.#wanted = undefined;
    this.shown?.bitmap.close();
    this.shown = undefined;
    for (const bitmap of this.small.values()) bitmap.close();
    this.small = new Map();
  }

  #next(what: () => Promise<void>): void {
    this.#last = this.#last.then(() => (this.#closed ? undefined : what()));
  }

  async #open(draft: PictureDraft): Promise<void> {
    const opened = await openPicture(draft.picture, longestShown);
    if (typeof opened === 'string') {
      draft.refused = opened;
      return;
    }
    const { bitmap, moves } = opened;
    if (this.#closed) return bitmap.close();
    draft.moves = moves;
    if (!this.small.has(draft)) {
      const small = drawEdited(bitmap, noEdits, longestSmall).transferToImageBitmap();
      this.small = new Map([...this.small, [draft, small]]);
    }
    if (this.#wanted === draft) this.shown = { draft, bitmap };
    else bitmap.close();
  }
}
