import { describe, expect, onTestFinished, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { blobSource } from '#lib/capture/blob-source.ts';
import { drawPicture, type MadeFile, type MadePicture } from '#lib/capture/draw-picture.ts';
import { openPicture } from '#lib/capture/open-picture.ts';
import { noEdits } from '#lib/capture/picture-edits.ts';
import { Pictures } from '#lib/capture/pictures.ts';
import { walkInWorker } from '#lib/capture/recordings.ts';
import { CaptureTrouble } from '#lib/capture/trouble.ts';
import { look } from '#lib/media/look.ts';
import PictureDialog from '#lib/ui/media/PictureDialog.svelte';
import { avifOf, bmpOf, gifOf, high, jpegOf, pngOf, trace, wide } from './support/coded-pictures.ts';

/** What a picture of four quarters is, seen upright: its size, and its quarters by rows. */
interface Seen {
  readonly size: readonly [number, number];
  readonly quarters: readonly string[];
}

const lying: readonly [number, number] = [wide, high];
const upright: readonly [number, number] = [high, wide];

/** Exif 2.32, 4.6.4 A: where the first row and the first column of the sensor are seen. */
const orientations = [
  { orientation: 1, size: lying, quarters: ['red', 'green', 'blue', 'white'] },
  { orientation: 2, size: lying, quarters: ['green', 'red', 'white', 'blue'] },
  { orientation: 3, size: lying, quarters: ['white', 'blue', 'green', 'red'] },
  { orientation: 4, size: lying, quarters: ['blue', 'white', 'red', 'green'] },
  { orientation: 5, size: upright, quarters: ['red', 'blue', 'green', 'white'] },
  { orientation: 6, size: upright, quarters: ['blue', 'red', 'white', 'green'] },
  { orientation: 7, size: upright, quarters: ['white', 'green', 'blue', 'red'] },
  { orientation: 8, size: upright, quarters: ['green', 'white', 'red', 'blue'] }
] as const;

function colourOf([red = 0, green = 0, blue = 0, alpha = 0]: Uint8ClampedArray): string {
  if (alpha < 128) return 'clear';
  const most = Math.max(red, green, blue);
  if (most - Math.min(red, green, blue) < 60) return most > 128 ? 'white' : 'black';
  return most === red ? 'red' : most === green ? 'green' : 'blue';
}

/** What stands in the pixels, whatever else is said of them. */
function seen(picture: ImageBitmap | HTMLCanvasElement): Seen {
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context?.drawImage(picture, 0, 0);
  const at = (x: number, y: number): string =>
    colourOf(
      context?.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data ??
        new Uint8ClampedArray()
    );
  return {
    size: [width, height],
    quarters: [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)]
  };
}

/** What stands in a file that goes to the relay. */
async function seenIn({ bytes }: MadeFile): Promise<Seen> {
  return seen(await createImageBitmap(new Blob([bytes]), { imageOrientation: 'none' }));
}

/** As a page makes it, in its worker. */
async function made(picture: Blob): Promise<MadePicture> {
  const pictures = new Pictures();
  onTestFinished(() => pictures.close());
  return pictures.draw({ picture, edits: noEdits, drawn: false });
}

/** A film as this browser records it. */
function filmed(): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream());
  const parts: Blob[] = [];
  let turn = 0;
  const draw = (): void => {
    context?.fillRect((turn += 7) % 200, 0, 20, 100);
    if (recorder.state === 'recording') requestAnimationFrame(draw);
  };
  return new Promise((resolve) => {
    recorder.onstop = () => resolve(new Blob(parts, { type: recorder.mimeType }));
    recorder.ondataavailable = ({ data }) => {
      parts.push(data);
      if (parts.reduce((sum, { size }) => sum + size, 0) > 2000 && recorder.state === 'recording')
        recorder.stop();
    };
    recorder.start(20);
    draw();
  });
}

/** Nothing of what came is in it but its pixels. */
async function isClean({ bytes }: MadeFile): Promise<boolean> {
  const looked = await look(blobSource(new Blob([bytes])));
  const said = new TextDecoder('latin1').decode(bytes).includes(trace);
  return !('unwalkable' in looked) && looked.edits.length === 0 && !said;
}

describe('a photo, however the camera was held', () => {
  test.each(orientations)(
    '[MK1, MT2] orientation $orientation stands upright on the screen and in the bytes that are sent, and in its preview',
    async ({ orientation, ...expected }) => {
      const picture = jpegOf({ orientation });
      await render(PictureDialog, { pictures: [picture], ondone: () => undefined, onclose: () => undefined });
      await expect
        .poll(() => {
          const canvas = document.querySelector<HTMLCanvasElement>('dialog canvas');
          return canvas && seen(canvas);
        })
        .toEqual(expected);
      const { file, preview, width, height } = await made(picture);
      expect([width, height]).toEqual(expected.size);
      expect(await seenIn(file)).toEqual(expected);
      expect(await seenIn(preview)).toEqual(expected);
      expect([await isClean(file), await isClean(preview)]).toEqual([true, true]);
    }
  );
});

describe('what other programs write', () => {
  const expected = { size: lying, quarters: ['red', 'green', 'blue', 'white'] };

  test.each([
    { name: 'a JPEG that gets finer', picture: () => jpegOf({ progressive: true }) },
    { name: 'a JPEG in inks', picture: () => jpegOf({ inks: true }) },
    { name: 'a JPEG in inks that gets finer', picture: () => jpegOf({ inks: true, progressive: true }) },
    { name: 'a PNG of 16 bits', picture: () => pngOf({ bits: 16, clear: false }) },
    { name: 'a BMP', picture: () => bmpOf('below') },
    { name: 'a BMP that begins above', picture: () => bmpOf('above') }
  ])('[MT2] $name keeps its colours and nothing else', async ({ picture }) => {
    const { file, preview } = await made(await picture());
    expect(await seenIn(file)).toEqual(expected);
    expect(await seenIn(preview)).toEqual(expected);
    expect(await isClean(file)).toBe(true);
  });

  test('[MT2] an AVIF that is seen turned stands as it is seen, with nothing else in it', async () => {
    const { file, preview, width, height } = await made(avifOf());
    const turned = { size: upright, quarters: ['green', 'white', 'red', 'blue'] };
    expect([width, height]).toEqual(upright);
    expect(await seenIn(file)).toEqual(turned);
    expect(await seenIn(preview)).toEqual(turned);
    expect(await isClean(file)).toBe(true);
  });

  test.each([8, 16] as const)('[MT2] what can be seen through in a PNG of %s bits stays so', async (bits) => {
    const { file, preview } = await made(await pngOf({ bits, clear: true }));
    const clear = { size: lying, quarters: ['red', 'green', 'blue', 'clear'] };
    expect(await seenIn(file)).toEqual(clear);
    expect(await seenIn(preview)).toEqual(clear);
    expect(await isClean(file)).toBe(true);
  });

  test('[MT2] a browser that writes no WebP: JPEG, and PNG where something can be seen through', async () => {
    const { convertToBlob } = OffscreenCanvas.prototype;
    // What WebKit does with a kind that it does not write.
    OffscreenCanvas.prototype.convertToBlob = function (options) {
      return convertToBlob.call(this, options?.type === 'image/webp' ? { type: 'image/png' } : options);
    };
    onTestFinished(() => void (OffscreenCanvas.prototype.convertToBlob = convertToBlob));
    const opaque = await drawPicture(jpegOf({ orientation: 6 }), noEdits, false);
    expect([opaque.file.kind, opaque.preview.kind]).toEqual(['jpeg', 'jpeg']);
    expect(await seenIn(opaque.file)).toEqual({ size: upright, quarters: ['blue', 'red', 'white', 'green'] });
    expect(await isClean(opaque.file)).toBe(true);
    const clear = await drawPicture(await pngOf({ bits: 8, clear: true }), noEdits, false);
    expect([clear.file.kind, clear.preview.kind]).toEqual(['png', 'png']);
    expect((await seenIn(clear.file)).quarters).toEqual(['red', 'green', 'blue', 'clear']);
    expect(await isClean(clear.file)).toBe(true);
  });

  test('[MT2] of 500 frames all stay; of 10,000 a still is left, and that is told', async () => {
    const all = await made(gifOf(500));
    expect([all.file.kind, all.still]).toEqual(['gif', undefined]);
    const still = await made(gifOf(10_000));
    expect([still.file.kind, still.still]).toEqual(['webp', true]);
  });
});

test('[MD1, MT2] a BMP is drawn anew, with its rows from below or from above; one that says it is too large is not decoded', async () => {
  const bmp = (width: number, height: number): Blob => {
    const [across, down] = [Math.abs(width), Math.abs(height)];
    const row = Math.ceil((across * 3) / 4) * 4;
    const bytes = new DataView(new ArrayBuffer(54 + row * Math.min(down, 100)));
    bytes.setUint16(0, 0x424d);
    bytes.setUint32(2, bytes.byteLength, true);
    bytes.setUint32(10, 54, true);
    bytes.setUint32(14, 40, true);
    bytes.setInt32(18, width, true);
    bytes.setInt32(22, height, true);
    bytes.setUint16(26, 1, true);
    bytes.setUint16(28, 24, true);
    // Blue, green, red; the first rows of the file are red, the others green.
    for (let y = 0; y < Math.min(down, 100); y++)
      for (let x = 0; x < across; x++) bytes.setUint8(54 + y * row + x * 3 + (y < down / 2 ? 2 : 1), 255);
    return new Blob([bytes.buffer]);
  };
  const pictures = new Pictures();
  onTestFinished(() => pictures.close());
  const drawn = (picture: Blob) => pictures.draw({ picture, edits: noEdits, drawn: false });
  const [below, above] = [await drawn(bmp(30, 20)), await drawn(bmp(30, -20))];
  expect([below.file.kind, below.width, below.height]).toEqual(['webp', 30, 20]);
  expect((await seenIn(below.file)).quarters).toEqual(['green', 'green', 'red', 'red']);
  expect((await seenIn(above.file)).quarters).toEqual(['red', 'red', 'green', 'green']);
  await expect(drawn(bmp(10, 30_000_000))).rejects.toMatchObject({ trouble: 'too-large' });
});

test('[MT1, MT3] a film that nobody wants any more ends when no piece of it is on its way to be kept', async () => {
  const film = await filmed();
  const stop = new AbortController();
  const held: (() => void)[] = [];
  const keep = (): Promise<void> => new Promise((resolve) => held.push(resolve));
  let ended = false;
  const walking = walkInWorker(film, 64, keep, stop.signal).finally(() => (ended = true));
  walking.catch(() => undefined);
  await expect.poll(() => held.length).toBe(3);
  stop.abort();
  held.pop()?.();
  held.pop()?.();
  // What was said to the worker, or by it, has arrived by then.
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  expect([ended, held.length]).toEqual([false, 1]);
  held.pop()?.();
  await expect(walking).rejects.toMatchObject({ trouble: 'unreadable' });
  expect(held).toEqual([]);
});

describe('a file that another program changes after it was chosen', () => {
  /** A file on the disk of this device, as it was when it was chosen. */
  async function chosen(
    bytes: BlobPart
  ): Promise<{ readonly file: File; readonly handle: FileSystemFileHandle }> {
    const folder = await navigator.storage.getDirectory();
    const name = crypto.randomUUID();
    const handle = await folder.getFileHandle(name, { create: true });
    onTestFinished(() => folder.removeEntry(name).catch(() => undefined));
    await write(handle, bytes);
    return { file: await handle.getFile(), handle };
  }

  async function write(handle: FileSystemFileHandle, bytes: BlobPart): Promise<void> {
    const onto = await handle.createWritable();
    await onto.write(bytes);
    await onto.close();
  }

  const trouble = (doing: Promise<unknown>): Promise<unknown> =>
    doing.then(
      () => 'none',
      (error: unknown) => (error instanceof CaptureTrouble ? error.trouble : error)
    );

  for (const [how, change] of [
    ['written', (handle) => write(handle, jpegOf({ orientation: 6 }))],
    ['cut short', (handle) => write(handle, jpegOf({}).slice(0, 200))],
    ['taken away', async (handle) => (await navigator.storage.getDirectory()).removeEntry(handle.name)]
  ] as const satisfies readonly (readonly [string, (handle: FileSystemFileHandle) => Promise<void>])[])
    test(`[MK8] ${how}: that is said, and nothing of it comes out`, async () => {
      const pictures = new Pictures();
      onTestFinished(() => pictures.close());
      const { file, handle } = await chosen(jpegOf({}));
      expect((await pictures.draw({ picture: file, edits: noEdits, drawn: false })).file.kind).toBe('webp');
      await change(handle);
      expect(await trouble(pictures.draw({ picture: file, edits: noEdits, drawn: false }))).toBe('changed');
      expect(await openPicture(file, 100)).toBe('changed');
      const kept: number[] = [];
      const keep = async (_: ArrayBuffer, index: number): Promise<void> => void kept.push(index);
      const walked = walkInWorker(file, 1024, keep, new AbortController().signal);
      expect(await trouble(walked)).toBe('changed');
      expect(kept).toEqual([]);
    });
});
