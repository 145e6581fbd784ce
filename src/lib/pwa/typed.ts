type TextField = HTMLInputElement | HTMLTextAreaElement;

/**
 * What somebody has typed on this page and what would be lost with it: fields that were typed into and are still there
 * with something in them, and screens that ask before they are left.
 */
export class Typed {
  readonly #fields = new Set<TextField>();
  readonly #note = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) this.#fields.add(target);
  };

  constructor() {
    addEventListener('input', this.#note, true);
  }

  get anything(): boolean {
    for (const field of this.#fields)
      if (!field.isConnected || field.value === '') this.#fields.delete(field);
    return this.#fields.size > 0 || asksBeforeLeaving();
  }

  close(): void {
    removeEventListener('input', this.#note, true);
  }
}

/** Screens that guard what they hold say so as they would to the browser (HTML §7.4.4, the `beforeunload` event). */
function asksBeforeLeaving(): boolean {
  return !dispatchEvent(new Event('beforeunload', { cancelable: true }));
}
