/** Safari before 17 and Firefox before 125 have no popovers, and show them all: what they lack is brought along then. */
export async function bringPopovers(): Promise<void> {
  if ('popover' in HTMLElement.prototype) return;
  const { apply } = await import('@oddbird/popover-polyfill/fn');
  apply();
}
