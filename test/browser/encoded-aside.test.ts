import { expect, onTestFinished, test, vi } from 'vitest';
import { composedDrawing } from '#lib/capture/composed-drawing.ts';
import { encodedAside } from '#lib/capture/encoded-aside.ts';
import { grabFrame } from '#lib/capture/grab-frame.ts';
import { posterOf } from '#lib/capture/poster.ts';

/** A canvas of 64 × 48 whose left half is red, and what draws on it goes on drawing. */
function moving(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [64, 48];
  const context = canvas.getContext('2d');
  const draw = (): void => {
    if (!context) return;
    context.fillStyle = '#00f';
    context.fillRect(0, 0, 64, 48);
    context.fillStyle = '#f00';
    context.fillRect(0, 0, 32, 48);
  };
  draw();
  const timer = setInterval(draw, 40);
  onTestFinished(() => clearInterval(timer));
  return canvas;
}

/** A live picture, as a camera gives one. */
async function live(): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = moving().captureStream();
  onTestFinished(() => void (video.srcObject = null));
  await video.play();
  await expect.poll(() => video.readyState).toBeGreaterThanOrEqual(video.HAVE_CURRENT_DATA);
  return video;
}

/** A film of the same. */
async function film(): Promise<Blob> {
  const recorder = new MediaRecorder(moving().captureStream());
  const parts: Blob[] = [];
  const ended = new Promise<Blob>((resolve) => {
    recorder.onstop = () => resolve(new Blob(parts, { type: recorder.mimeType }));
  });
  // It goes on until something of it is there: how soon that is, is the machine's.
  recorder.ondataavailable = ({ data }) => {
    parts.push(data);
    if (data.size > 0 && recorder.state === 'recording') recorder.stop();
  };
  recorder.start(200);
  return ended;
}

const whole = { version: 1, width: 64, height: 48, strokes: [] } as const;

const pictures = [
  { what: 'what the camera sees', made: async () => grabFrame(await live()), type: 'image/jpeg' },
  { what: 'a drawing', made: () => composedDrawing(whole, undefined), type: 'image/png' },
  { what: 'the picture of a film', made: async () => posterOf(await film()), type: 'image/png' }
];

test.each(pictures)(
  '[MK5, MT7] $what waits for no moment in which the screen is idle',
  async ({ made, type }) => {
    // However long its thread takes to come, it is waited for.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    // As where a live picture leaves the page no such moment.
    const { convertToBlob } = OffscreenCanvas.prototype;
    const { toBlob } = HTMLCanvasElement.prototype;
    OffscreenCanvas.prototype.convertToBlob = () => new Promise(() => undefined);
    HTMLCanvasElement.prototype.toBlob = () => undefined;
    onTestFinished(() => {
      OffscreenCanvas.prototype.convertToBlob = convertToBlob;
      HTMLCanvasElement.prototype.toBlob = toBlob;
    });
    const picture = await made();
    if (!picture) throw new Error('no picture');
    expect(picture.type).toBe(type);
    const { width, height } = await createImageBitmap(picture);
    expect([width, height]).toEqual([64, 48]);
  }
);

test.each([
  { what: 'no thread for it comes', script: '/nothing-is-there.js' },
  { what: 'its thread says nothing', script: 'data:text/javascript,' }
])('[MK5] where $what it is encoded on the page', async ({ script }) => {
  const { Worker } = globalThis;
  globalThis.Worker = class extends Worker {
    constructor() {
      super(script, { type: 'module' });
    }
  };
  onTestFinished(() => void (globalThis.Worker = Worker));
  const canvas = new OffscreenCanvas(64, 48);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#f00';
  context.fillRect(0, 0, 64, 48);
  const picture = await encodedAside(canvas, { type: 'image/png' });
  const bitmap = await createImageBitmap(picture);
  const look = new OffscreenCanvas(64, 48).getContext('2d');
  look?.drawImage(bitmap, 0, 0);
  expect([...(look?.getImageData(60, 40, 1, 1).data ?? [])]).toEqual([255, 0, 0, 255]);
});
