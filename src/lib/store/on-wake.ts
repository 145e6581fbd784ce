/**
 * Calls whenever the page is seen again: a tablet that slept, a tab that lay behind others, a page that came back out of
 * the browser's keeping. Timers were late or stood still meanwhile, and sockets may have died without a word (iOS).
 *
 * @returns stops
 */
export function onWake(listener: () => void): () => void {
  const seen = (): void => {
    if (document.visibilityState !== 'hidden') listener();
  };
  document.addEventListener('visibilitychange', seen);
  addEventListener('pageshow', seen);
  return () => {
    document.removeEventListener('visibilitychange', seen);
    removeEventListener('pageshow', seen);
  };
}
