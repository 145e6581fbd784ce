/** CSS pixels from which on what covers the lower edge is a keyboard, and not the bar that goes with a real one. */
const leastKeyboard = 120;

/** What is seen of the window (`visualViewport`), in CSS pixels. */
export interface Seen {
  readonly height: number;
  readonly offsetTop: number;
  readonly scale: number;
}

/** How much of the window's lower edge a screen keyboard covers; nothing while somebody has zoomed in. */
export function coveredBelow(windowHeight: number, { height, offsetTop, scale }: Seen): number {
  if (Math.abs(scale - 1) > 0.01) return 0;
  return Math.max(0, Math.round(windowHeight - height - offsetTop));
}

/**
 * Tells the styles of the keyboard on the screen, which on an iPad lies over the page without making it smaller:
 * `--covered` is how much it covers, and `data-keyboard` stands there while it does (BR8).
 *
 * @returns stops
 */
export function watchKeyboard(root: HTMLElement): () => void {
  const seen = globalThis.visualViewport;
  if (!seen) return () => undefined;
  const look = (): void => {
    const covered = coveredBelow(innerHeight, seen);
    root.style.setProperty('--covered', `${covered}px`);
    root.toggleAttribute('data-keyboard', covered >= leastKeyboard);
  };
  for (const event of ['resize', 'scroll'] as const) seen.addEventListener(event, look);
  look();
  return () => {
    for (const event of ['resize', 'scroll'] as const) seen.removeEventListener(event, look);
  };
}
