import { getContext, setContext } from 'svelte';
import { lookAtAbilities, type Abilities } from './abilities.ts';
import { InstallOffer } from './install-offer.svelte.ts';
import { bringPopovers } from './popovers.ts';
import { Updates } from './updates.svelte.ts';

const key = Symbol('pwa');

export function setPwa(pwa: Pwa): Pwa {
  return setContext(key, pwa);
}

/** The app as something installed in a browser. */
export function getPwa(): Pwa {
  return getContext<Pwa>(key);
}

/** What this browser can do, whether the app can be installed, whether a new version waits, whether storage stays. */
export class Pwa {
  /** undefined until looked at. */
  abilities: Abilities | undefined = $state();
  /** Whether the browser promised to keep what is stored; undefined until asked. */
  persisted: boolean | undefined = $state();
  readonly #install = new InstallOffer();
  readonly #updates = new Updates();

  get install(): InstallOffer['state'] {
    return this.#install.state;
  }

  get update(): Updates['state'] {
    return this.#updates.state;
  }

  /** Done before this page gives way to another version, until the answer is called. */
  beforeReload(run: () => Promise<void>): () => void {
    return this.#updates.beforeReload(run);
  }

  async start(): Promise<void> {
    this.#install.start();
    await bringPopovers();
    this.abilities = await lookAtAbilities();
    if (this.abilities !== 'ok' && this.abilities.fatal) return;
    await this.#updates.start();
    this.persisted = await navigator.storage?.persisted?.();
  }

  /** Whether this browser can be asked to keep what is stored. */
  get canPersist(): boolean {
    return typeof navigator.storage?.persist === 'function';
  }

  /** Asks the browser never to evict what is stored. The browser may decide by itself, or ask the person. */
  async askPersist(): Promise<boolean> {
    if (this.canPersist) this.persisted = await navigator.storage.persist();
    return this.persisted ?? false;
  }

  close(): void {
    this.#install.close();
    this.#updates.close();
  }
}
