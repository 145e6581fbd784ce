import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { MadePicture } from '#lib/ui/media/picture-draft.svelte.ts';
import PictureDialog from '#lib/ui/media/PictureDialog.svelte';
import { accessible } from './support/accessible.ts';
import { gifOf, jpegOf, pngThatSays } from './support/coded-pictures.ts';
import { photo } from './support/photo.ts';

const button = (name: string) => page.getByRole('button', { name });
const put = button('Poner');

/** As a phone names it; no browser here reads it. */
const heic = (): File =>
  new File([new Uint8Array([0, 0, 0, 24]), 'ftypheic', new Uint8Array(64)], 'IMG_0042.HEIC');

/** Comes to it by keyboard, once it is there. */
async function focus(what: Locator): Promise<void> {
  await expect.element(what).toBeInTheDocument();
  (what.element() as HTMLElement).focus();
}

const half = (file: Blob): Blob => file.slice(0, file.size / 2);

/** Its first segment says that it is longer than the whole file. */
const lying = (file: Blob): Blob => new Blob([file.slice(0, 4), new Uint8Array([0xff, 0xff]), file.slice(6)]);

interface Told {
  readonly made: () => readonly MadePicture[];
  readonly closed: () => boolean;
}

async function preparing(...pictures: readonly Blob[]): Promise<Told> {
  const [ondone, onclose] = [vi.fn<(made: readonly MadePicture[]) => void>(), vi.fn()];
  await render(PictureDialog, { pictures, ondone, onclose });
  return { made: () => ondone.mock.calls[0]?.[0] ?? [], closed: () => onclose.mock.calls.length > 0 };
}

/** From there to there, in parts of the picture, with the mouse held. */
async function drags(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const brush = page.getByRole('application');
  const { width, height } = brush.element().getBoundingClientRect();
  await userEvent.dragAndDrop(brush, brush, {
    sourcePosition: { x: from[0] * width, y: from[1] * height },
    targetPosition: { x: to[0] * width, y: to[1] * height }
  });
}

describe('a picture that is made ready for the page', () => {
  test('[MK1, MK4] turned, described, with a caption and small, it goes to whoever asked', async () => {
    const picture = await photo();
    const { made, closed } = await preparing(picture);
    await button('Girar').click();
    await page.getByLabelText('¿Qué se ve aquí?').fill(' Una cara junto al río ');
    await page.getByLabelText('Pie de imagen').fill('El Ebro');
    await page.getByRole('radio', { name: 'Pequeña' }).click();
    await put.click();
    expect(made()).toEqual([
      {
        picture,
        edits: { turns: 1, blurred: [] },
        alt: 'Una cara junto al río',
        caption: 'El Ebro',
        size: 'small'
      }
    ]);
    await expect.poll(closed).toBe(true);
  });

  test('[MK4] what can be seen is asked for and may be left for later', async () => {
    const { made } = await preparing(await photo());
    await expect.element(page.getByText('Falta decir qué se ve en 1 imagen')).toBeVisible();
    await put.click();
    expect(made()).toMatchObject([{ alt: '', caption: '', size: 'wide', edits: { turns: 0 } }]);
  });

  test('[MK2] a finger covers a face, and takes it back', async () => {
    const { made } = await preparing(await photo());
    await button('Difuminar').click();
    await page.getByRole('radio', { name: 'Grueso' }).click();
    await drags([0.45, 0.4], [0.55, 0.5]);
    await drags([0.1, 0.1], [0.2, 0.1]);
    await button('Deshacer').click();
    await put.click();
    const [stroke, ...more] = made()[0]?.edits.blurred ?? [];
    expect(more).toEqual([]);
    expect(stroke?.radius).toBe(0.1);
    expect(stroke?.points[0]?.[0]).toBeCloseTo(0.45, 1);
    expect(stroke?.points.at(-1)?.[1]).toBeCloseTo(0.5, 1);
  });

  test('[MK2] in a cropped picture the brush covers what it is drawn over', async () => {
    const { made } = await preparing(await photo());
    await button('Recortar').click();
    await focus(button('Esquina de arriba a la izquierda'));
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}');
    await button('Difuminar').click();
    await drags([0.5, 0.5], [0.52, 0.5]);
    await put.click();
    const { crop, blurred } = made()[0]?.edits ?? { blurred: [] };
    expect(crop?.left).toBeCloseTo(0.5);
    expect(blurred[0]?.points[0]?.[0]).toBeCloseTo(0.75, 1);
  });

  test('[MK1] with the arrow keys corners move, and never out of the picture', async () => {
    const { made } = await preparing(await photo());
    await button('Recortar').click();
    await focus(button('Esquina de abajo a la derecha'));
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{Shift>}{ArrowUp}{ArrowUp}{/Shift}');
    await expect.element(page.getByText('Queda el 100 % del ancho y el 80 % del alto')).toBeInTheDocument();
    await focus(button('Mover el recorte'));
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{/Shift}');
    await put.click();
    const { crop } = made()[0]?.edits ?? {};
    expect(crop?.top).toBeCloseTo(0.2);
    expect(crop?.height).toBeCloseTo(0.8);
    expect(crop?.width).toBe(1);
  });

  test('[MK1] a finger draws a corner, and all of the picture comes back at a tap', async () => {
    const { made } = await preparing(await photo());
    await button('Recortar').click();
    const corner = button('Esquina de arriba a la derecha');
    await userEvent.dragAndDrop(corner, button('Mover el recorte'));
    await expect.element(button('Toda la imagen')).toBeEnabled();
    await button('Toda la imagen').click();
    await expect.element(button('Toda la imagen')).toBeDisabled();
    await put.click();
    expect(made()[0]?.edits.crop).toBeUndefined();
  });

  test('[MK2] with the keyboard alone a ring is moved and set down', async () => {
    const { made } = await preparing(await photo());
    await button('Difuminar').click();
    await focus(page.getByRole('application'));
    await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}{ArrowUp} ');
    await put.click();
    const [point] = made()[0]?.edits.blurred[0]?.points ?? [];
    expect(point?.[0]).toBeCloseTo(0.4);
    expect(point?.[1]).toBeCloseTo(0.48);
  });

  test('[MK1] what moves is put as it is', async () => {
    const { made } = await preparing(gifOf(2));
    await expect.element(page.getByText('Esta imagen se mueve')).toBeVisible();
    await expect.element(button('Difuminar')).not.toBeInTheDocument();
    await put.click();
    expect(made()[0]?.edits).toEqual({ turns: 0, blurred: [] });
  });
});

describe('leaving', () => {
  test('[MK4] nobody is asked who did nothing', async () => {
    const { closed, made } = await preparing(await photo());
    await userEvent.keyboard('{Escape}');
    await expect.poll(closed).toBe(true);
    expect(made()).toEqual([]);
  });

  test('[MK4] whoever did something is asked once, and Escape loses nothing', async () => {
    const { closed, made } = await preparing(await photo());
    await button('Girar').click();
    await userEvent.keyboard('{Escape}');
    await expect.element(button('Seguir aquí')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(put).toBeVisible();
    expect(closed()).toBe(false);
    await button('Cancelar').click();
    await button('Salir sin guardar').click();
    await expect.poll(closed).toBe(true);
    expect(made()).toEqual([]);
  });
});

describe('several pictures', () => {
  test('[MK3] what cannot be shown is named with what to do, and the others go on', async () => {
    const { made } = await preparing(heic(), await photo(), new Blob(['<svg/>']));
    await expect.element(page.getByText('«IMG_0042.HEIC» no se puede abrir aquí')).toBeVisible();
    await expect.element(page.getByText('Más compatible')).toBeVisible();
    await button('Imagen 3 de 3').click();
    await expect.element(page.getByText('no es una imagen que se pueda poner aquí')).toBeVisible();
    await put.click();
    expect(made().length).toBe(1);
  });

  test.each([
    { name: 'an SVG', file: () => '<svg xmlns="http://www.w3.org/2000/svg"/>', says: 'no es una imagen' },
    { name: 'a web page', file: () => '<!doctype html><script>alert(1)</script>', says: 'no es una imagen' },
    { name: 'a PDF', file: () => '%PDF-1.7\n', says: 'no es una imagen' },
    { name: 'a ZIP', file: () => 'PK\x03\x04', says: 'no es una imagen' },
    { name: 'nothing', file: () => '', says: 'no es una imagen' },
    { name: 'half a photo', file: async () => half(await photo()), says: 'No se puede leer' },
    { name: 'a JPEG with a length that lies', file: () => lying(jpegOf({})), says: 'No se puede leer' },
    { name: '30,000 × 30,000', file: () => pngThatSays(30_000, 30_000), says: 'Es demasiado grande' }
  ])(
    '[MK3] $name by the name of a photo is named with its words, and what stands beside it goes on',
    async ({ file, says }) => {
      const { made } = await preparing(await photo(300, 200), new File([await file()], 'foto.jpg'));
      await button('Imagen 2 de 2').click();
      await expect.element(page.getByText('«foto.jpg» no se puede abrir aquí')).toBeVisible();
      await expect.element(page.getByText(says)).toBeVisible();
      await put.click();
      expect(made().length).toBe(1);
    }
  );

  test('[MK3] what is too large is not decoded', async () => {
    const decoding = vi.spyOn(globalThis, 'createImageBitmap');
    onTestFinished(() => decoding.mockRestore());
    await preparing(new Blob([new Uint8Array([0xff, 0xd8, 0xff]), new Uint8Array(50 * 1024 * 1024)]));
    await expect.element(page.getByText('Es demasiado grande')).toBeVisible();
    await expect.element(put).toBeDisabled();
    expect(decoding).not.toHaveBeenCalled();
  });

  test('[MK3] of twenty one is decoded at a time, and nothing of them is left', async () => {
    const decode = globalThis.createImageBitmap.bind(globalThis) as (blob: Blob) => Promise<ImageBitmap>;
    const bitmaps: ImageBitmap[] = [];
    let [now, most] = [0, 0];
    const decoding = vi.spyOn(globalThis, 'createImageBitmap').mockImplementation((async (blob: Blob) => {
      most = Math.max(most, ++now);
      const bitmap = await decode(blob);
      now -= 1;
      bitmaps.push(bitmap);
      return bitmap;
    }) as typeof createImageBitmap);
    onTestFinished(() => decoding.mockRestore());
    const pictures = await Promise.all(Array.from({ length: 20 }, () => photo(300, 200)));
    const { made } = await preparing(...pictures);
    await button('Imagen 20 de 20').click();
    await button('Girar').click();
    await expect.poll(() => bitmaps.length).toBeGreaterThanOrEqual(20);
    await put.click();
    expect(made().map(({ edits }) => edits.turns)).toEqual([...Array.from({ length: 19 }, () => 0), 1]);
    expect(most).toBe(1);
    await expect.poll(() => bitmaps.filter(({ width }) => width > 0).length).toBe(0);
  });

  test('[MK1, MK4] each keeps its own words and edits, and one of them is left out', async () => {
    const { made } = await preparing(await photo(), await photo(600, 900), await photo(400, 400));
    await page.getByLabelText('¿Qué se ve aquí?').fill('uno');
    await button('Imagen 2 de 3').click();
    await expect.element(page.getByLabelText('¿Qué se ve aquí?')).toHaveValue('');
    await button('Girar').click();
    await expect.element(button('Imagen 1 de 3, con descripción')).toBeVisible();
    await button('Imagen 3 de 3').click();
    await button('Quitar esta').click();
    await button('Poner las 2').click();
    expect(made().map(({ alt, edits }) => [alt, edits.turns])).toEqual([
      ['uno', 0],
      ['', 1]
    ]);
  });
});

test.each([1180, 390])('[BR8] everything has a name, a contrast and its room, %s wide', async (width) => {
  await page.viewport(width, 830);
  await preparing(await photo(), heic());
  await button('Difuminar').click();
  await accessible('the blur brush');
  await button('Recortar').click();
  await expect.element(button('Esquina de arriba a la izquierda')).toBeVisible();
  await accessible('the crop');
  const small = [...document.querySelectorAll('dialog button')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width < 44 || box.height < 44;
  });
  expect(small.map(({ outerHTML }) => outerHTML)).toEqual([]);
});
