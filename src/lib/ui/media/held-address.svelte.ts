/**
 * An address under which the browser shows bytes of this device, for as long as the effect lives in which it is asked for.
 * The one before stays until the next is there, so that nothing flickers.
 */
export class HeldAddress {
  #address: string | undefined = $state();

  get current(): string | undefined {
    return this.#address;
  }

  /** To be returned by an effect: shows what is read, if there is something. */
  show(read: () => Promise<Blob | undefined>): () => void {
    let over = false;
    read().then(
      (blob) => {
        if (over || !blob) return;
        this.drop();
        this.#address = URL.createObjectURL(blob);
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
  }
}
