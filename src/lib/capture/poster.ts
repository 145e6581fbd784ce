import { encodedAside } from './encoded-aside.ts';

/** Milliseconds after which a film shows no picture of itself any more. */
const patience = 8000;

/** In seconds: where a film shows what it is about; its very first picture is often black. */
const into = 0.5;

/**
 * MT7: a picture of a film, as this browser plays it. Undefined where it cannot be played here: then other tablets may not
 * play it either.
 */
export async function posterOf(film: Blob): Promise<Blob | undefined> {
  const video = document.createElement('video');
  const address = URL.createObjectURL(film);
  try {
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    const shown = heard(video, 'loadeddata');
    video.src = address;
    if (!(await shown) || video.videoWidth === 0) return undefined;
    const there = heard(video, 'seeked');
    video.currentTime = Number.isFinite(video.duration) ? Math.min(into, video.duration / 2) : into;
    await there;
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    return await encodedAside(canvas, { type: 'image/png' }).catch(() => undefined);
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  }
}

/** Whether that happened, and not an error or nothing at all. */
function heard(video: HTMLVideoElement, what: 'loadeddata' | 'seeked'): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), patience);
    const end = (yes: boolean) => (): void => {
      clearTimeout(timer);
      resolve(yes);
    };
    video.addEventListener(what, end(true), { once: true });
    video.addEventListener('error', end(false), { once: true });
  });
}
