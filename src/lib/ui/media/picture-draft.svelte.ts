import { noEdits, type BlurStroke, type Crop, type PictureEdits } from '#lib/capture/picture-edits.ts';
import type { Trouble } from '#lib/capture/trouble.ts';
import { turnedEdits } from '#lib/capture/turned-edits.ts';
import type { MediaSize } from '#lib/yjs/page-schema.ts';

/** A picture as it goes into the page. */
export interface MadePicture {
  readonly picture: Blob;
  readonly edits: PictureEdits;
  /** What can be seen, for those who cannot see it; empty where nobody said. */
  readonly alt: string;
  readonly caption: string;
  readonly size: MediaSize;
}

/** MK1: a picture that somebody works on: what was done to it, and what is said of it. */
export class PictureDraft {
  readonly #past: PictureEdits[] = [];
  #steps = $state(0);

  readonly picture: Blob;
  edits = $state.raw(noEdits);
  alt = $state('');
  caption = $state('');
  size = $state<MediaSize>('wide');
  /** Why it cannot be shown; undefined: it can, or nobody knows yet. */
  refused = $state.raw<Trouble>();
  moves = $state(false);

  constructor(picture: Blob) {
    this.picture = picture;
  }

  get name(): string | undefined {
    return this.picture instanceof File ? this.picture.name : undefined;
  }

  get undoable(): boolean {
    return this.#steps > 0;
  }

  get touched(): boolean {
    return this.edits !== noEdits || this.alt !== '' || this.caption !== '';
  }

  turn(): void {
    this.#set(turnedEdits(this.edits));
  }

  crop(crop: Crop | undefined): void {
    const { turns, blurred } = this.edits;
    this.#set({ turns, ...(crop ? { crop } : {}), blurred });
  }

  blur(stroke: BlurStroke): void {
    this.#set({ ...this.edits, blurred: [...this.edits.blurred, stroke] });
  }

  undo(): void {
    const before = this.#past.pop();
    if (!before) return;
    this.#steps = this.#past.length;
    this.edits = before;
  }

  made(): MadePicture {
    const { picture, edits, size } = this;
    return { picture, edits, alt: this.alt.trim(), caption: this.caption.trim(), size };
  }

  #set(edits: PictureEdits): void {
    this.#past.push(this.edits);
    this.#steps = this.#past.length;
    this.edits = edits;
  }
}
