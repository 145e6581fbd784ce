import type { Page } from '@playwright/test';
import { bytes, big } from './media/bytes.ts';
import { exif } from './media/marked.ts';

/** How a camera took a photo. */
export interface Shot {
  /** In pixels, as the sensor has them. */
  readonly width: number;
  readonly height: number;
  /** Exif 2.32, 4.6.4 A: 6 is a camera held upright. */
  readonly orientation?: number;
}

/**
 * A JPEG as a camera writes it, with a place and a name in it: red where the first row of the sensor begins, then green;
 * blue and grey below.
 *
 * @param page any page: its browser draws it
 */
export async function photo(page: Page, { width, height, orientation = 1 }: Shot): Promise<Buffer> {
  const address = await page.evaluate(
    ([across, down]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [across, down];
      const context = canvas.getContext('2d');
      for (const [at, colour] of ['#d02020', '#20a040', '#2040d0', '#808080'].entries()) {
        if (!context) break;
        context.fillStyle = colour;
        context.fillRect(((at % 2) * across) / 2, (Math.floor(at / 2) * down) / 2, across / 2, down / 2);
      }
      return canvas.toDataURL('image/jpeg', 0.9);
    },
    [width, height] as const
  );
  const drawn = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
  const said = bytes('Exif\0\0', exif(orientation));
  return bytes(drawn.subarray(0, 2), [0xff, 0xe1], big(said.length + 2, 2), said, drawn.subarray(2));
}
