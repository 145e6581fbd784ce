import { onTestFinished, vi } from 'vitest';

/** The camera and microphone of the browser, watched: every stream that was given, to the end of the test. */
export function watchedDevices(): readonly MediaStream[] {
  const streams: MediaStream[] = [];
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async (wanted) => {
    const stream = await ask(wanted);
    streams.push(stream);
    return stream;
  });
  onTestFinished(() => asked.mockRestore());
  return streams;
}

/** As a browser answers that says no: `NotAllowedError` and its like. The next answer is its own again. */
export function devicesSay(name: string, times = 1): void {
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  for (let at = 0; at < times; at++) asked.mockRejectedValueOnce(new DOMException('no', name));
  onTestFinished(() => asked.mockRestore());
}

/** The tracks that are still open: a light that is on. */
export function openTracks(streams: readonly MediaStream[]): number {
  return streams.flatMap((stream) => stream.getTracks()).filter(({ readyState }) => readyState === 'live')
    .length;
}

/** As when somebody turns to another app, or comes back. */
export function pageHidden(hidden: boolean): void {
  const seen = vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
  seen.mockRestore();
}
