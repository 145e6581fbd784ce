/** The browser's own prompt, kept until a fitting moment (Chromium; not in the DOM types). */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/** Whether and how this browser can install the app. */
export type InstallState =
  | { readonly is: 'installed' }
  /** The browser's prompt can be shown, once. */
  | { readonly is: 'offered'; readonly prompt: () => Promise<void> }
  /** iPadOS and iOS have no prompt: the steps for the home screen are told. */
  | { readonly is: 'ios-steps' }
  | { readonly is: 'none' };

/** Keeps the browser's install prompt for a fitting moment. */
export class InstallOffer {
  state: InstallState = $state.raw({ is: 'none' });
  readonly #onPrompt = (event: Event): void => {
    event.preventDefault();
    const offered = event as BeforeInstallPromptEvent;
    this.state = { is: 'offered', prompt: () => this.#prompt(offered) };
  };
  readonly #onInstalled = (): void => {
    this.state = { is: 'installed' };
  };

  start(): void {
    addEventListener('beforeinstallprompt', this.#onPrompt);
    addEventListener('appinstalled', this.#onInstalled);
    const standalone = matchMedia('(display-mode: standalone)').matches;
    if (standalone || (navigator as { standalone?: boolean }).standalone) this.state = { is: 'installed' };
    else if (isApple()) this.state = { is: 'ios-steps' };
    // It came before this script did (static/before-app.js).
    const { keptInstallPrompt } = globalThis as { keptInstallPrompt?: Event };
    if (keptInstallPrompt && this.state.is === 'none') this.#onPrompt(keptInstallPrompt);
  }

  close(): void {
    removeEventListener('beforeinstallprompt', this.#onPrompt);
    removeEventListener('appinstalled', this.#onInstalled);
  }

  async #prompt(offered: BeforeInstallPromptEvent): Promise<void> {
    const { outcome } = await offered.prompt();
    // A prompt serves once; the browser offers another when it sees fit.
    this.state = outcome === 'accepted' ? { is: 'installed' } : { is: 'none' };
  }
}

/** iPadOS calls itself a Mac, but has touch points. */
function isApple(): boolean {
  const { userAgent, maxTouchPoints } = navigator;
  return /iPad|iPhone/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);
}
