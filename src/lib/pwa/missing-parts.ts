/**
 * AP14: tells when a part of the app was asked for that is not stored here and cannot be loaded, unless whoever asked says
 * so. The answer ends it.
 */
export function onMissingPart(tell: () => void): () => void {
  const missing = new WeakSet<Error>();
  const note = ({ payload }: VitePreloadErrorEvent): void => void missing.add(payload);
  const look = (event: PromiseRejectionEvent): void => {
    if (!(event.reason instanceof Error) || !missing.has(event.reason)) return;
    event.preventDefault();
    tell();
  };
  addEventListener('vite:preloadError', note);
  addEventListener('unhandledrejection', look);
  return () => {
    removeEventListener('vite:preloadError', note);
    removeEventListener('unhandledrejection', look);
  };
}
