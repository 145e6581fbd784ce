import type { Device } from './engine.ts';
import { PlayedEngine } from './played.ts';

/** What people do with pictures, through the screens, in any engine. */

/** Opens what asks where something to be added comes from. */
export async function beginAdding(one: Device): Promise<void> {
  await one.click({ role: 'button', name: 'Añadir foto, vídeo o voz' });
  await one.sees({ role: 'button', name: /^De este dispositivo/ });
}

/** Says what can be seen in what was made ready, and puts it into the page. */
export async function putInPage(one: Device, alt: string): Promise<void> {
  await one.fill({ field: '¿Qué se ve aquí?' }, alt);
  await one.click({ role: 'button', name: /^Poner( en la página)?$/ });
}

/** A picture as the engine has decoded it: its size in pixels, and its corners by rows, by the strongest of their colours. */
export interface Decoded {
  readonly size: readonly [number, number];
  readonly corners: readonly string[];
}

/** The picture that says this of itself; undefined while there is none that can be decoded. */
export function decoded(one: Device, alt: string): Promise<Decoded | null> {
  return one.evaluate(async (name) => {
    const image = [...document.images].find((other) => other.alt === name && other.checkVisibility());
    if (!image || !(await image.decode().then(...([() => true, () => false] as const)))) return null;
    const { naturalWidth: width, naturalHeight: height } = image;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const colour = (x: number, y: number): string => {
      const [red = 0, green = 0, blue = 0] = context?.getImageData(x * width, y * height, 1, 1).data ?? [];
      const most = Math.max(red, green, blue);
      if (most - Math.min(red, green, blue) < 40) return 'grey';
      return most === red ? 'red' : most === green ? 'green' : 'blue';
    };
    const corners = [colour(0.1, 0.1), colour(0.9, 0.1), colour(0.1, 0.9), colour(0.9, 0.9)];
    return { size: [width, height] as const, corners };
  }, alt);
}

/** A film as a browser on another device makes it: WebM, VP8, a second of green; base64. */
export async function filmed(): Promise<string> {
  const engine = await PlayedEngine.start('chromium');
  try {
    const device = await engine.device(200, 200);
    return await device.evaluate(async (length) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [160, 120];
      const context = canvas.getContext('2d');
      const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm;codecs=vp8' });
      const parts: Blob[] = [];
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
      const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve));
      recorder.start();
      const begun = performance.now();
      while (performance.now() - begun < length) {
        if (context) context.fillStyle = `rgb(0 ${150 + (Math.round(performance.now()) % 80)} 0)`;
        context?.fillRect(0, 0, 160, 120);
        await new Promise(requestAnimationFrame);
      }
      recorder.stop();
      await ended;
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    }, 1000);
  } finally {
    await engine.close();
  }
}
