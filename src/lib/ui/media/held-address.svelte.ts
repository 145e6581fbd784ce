import type { Played } from '#lib/ui/media/media-view.ts';

/**
 * An address under which the browser shows bytes of this device, for as long as the effect lives in which it is asked for.
 * The one before stays until the next is there, so that nothing flickers.
 */
export class HeldAddress {
  #address: string | undefined = $state();
  #close: (() => void) | undefined;

  get current(): string | undefined {
    return this.#address;
  }

  /** To be returned by an effect: shows what is read, if there is something. */
  show(read: () => Promise<Blob | undefined>): () => void {
    return this.play(async () => {
      const blob = await read();
      return blob && { blob, close: () => undefined };
    });
  }

  /** To be returned by an effect: what is opened is closed when it is not shown any more. */
  play(open: () => Promise<Played | undefined>): () => void {
    let over = false;
    open().then(
      (played) => {
        if (over || !played) return played?.close();
        this.drop();
        this.#address = URL.createObjectURL(played.blob);
        this.#close = () => played.close();
      },
      () => undefined
    );
    return () => {
      over = true;
    };
  }

  /** Gives the bytes back. */
  drop(): void {
    if (this.#address !== undefined) URL.revokeObjectURL(this.#address);
    this.#address = undefined;
    this.#close?.();
    this.#close = undefined;
  }
}
