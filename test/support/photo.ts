import { bytes, big } from './media/bytes.ts';
import { exif } from './media/marked.ts';

/** How a camera took a photo. */
export interface Shot {
  /** In pixels, as the sensor has them. */
  readonly width: number;
  readonly height: number;
  /** Exif 2.32, 4.6.4 A: 6 is a camera held upright. */
  readonly orientation?: number;
  /** Its last quarter is as fine as can be, in place of grey: it takes so many bytes. */
  readonly fine?: boolean;
}

/** Any page: its browser draws. */
export interface Draws {
  evaluate(
    what: (given: readonly [number, number, boolean]) => string,
    given: readonly [number, number, boolean]
  ): Promise<string>;
}

/**
 * A JPEG as a camera writes it, with a place and a name in it: red where the first row of the sensor begins, then green;
 * blue and grey below.
 */
export async function photo(
  page: Draws,
  { width, height, orientation = 1, fine = false }: Shot
): Promise<Buffer> {
  const address = await page.evaluate(
    ([across, down, noise]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [across, down];
      const context = canvas.getContext('2d');
      for (const [at, colour] of ['#d02020', '#20a040', '#2040d0', '#808080'].entries()) {
        if (!context) break;
        context.fillStyle = colour;
        context.fillRect(((at % 2) * across) / 2, (Math.floor(at / 2) * down) / 2, across / 2, down / 2);
      }
      const quarter = noise ? context?.getImageData(across / 2, down / 2, across / 2, down / 2) : undefined;
      if (quarter) {
        for (let at = 0; at < quarter.data.length; at++)
          if (at % 4 !== 3) quarter.data[at] = Math.imul(at + 1, 2_654_435_761) >>> 24;
        context?.putImageData(quarter, across / 2, down / 2);
      }
      return canvas.toDataURL('image/jpeg', 0.9);
    },
    [width, height, fine] as const
  );
  const drawn = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
  const said = bytes('Exif\0\0', exif(orientation));
  return bytes(drawn.subarray(0, 2), [0xff, 0xe1], big(said.length + 2, 2), said, drawn.subarray(2));
}
