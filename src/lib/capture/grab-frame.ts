import { encodedAside } from './encoded-aside.ts';

/** MK5: what the camera sees now, as large as it gives it. Like every picture it is drawn anew before it is stored. */
export async function grabFrame(video: HTMLVideoElement): Promise<Blob> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas.');
  context.drawImage(video, 0, 0);
  return encodedAside(canvas, { type: 'image/jpeg', quality: 0.95 });
}
