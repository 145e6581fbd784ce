import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Drawing } from '#lib/capture/drawing.ts';
import DrawingDialog from '#lib/ui/media/DrawingDialog.svelte';
import { accessible } from './support/accessible.ts';
import { photo } from './support/photo.ts';

const button = (name: string) => page.getByRole('button', { name });
const sheet = page.getByRole('img', { name: 'Tu dibujo' });

interface Given {
  readonly over?: Blob;
  readonly drawing?: Drawing;
}

async function drawingBoard(given: Given = {}) {
  const ondone = vi.fn<(picture: Blob, drawing: Drawing | undefined) => void>();
  const onclose = vi.fn();
  await render(DrawingDialog, { ...given, ondone, onclose });
  await expect.element(sheet).toBeVisible();
  /** What was made, once it is used. */
  const used = async (): Promise<{ readonly picture: Blob; readonly drawing: Drawing | undefined }> => {
    await button('Usar el dibujo').click();
    await expect.poll(() => ondone.mock.calls.length).toBe(1);
    const [picture = new Blob(), drawing] = ondone.mock.calls[0] ?? [];
    return { picture, drawing };
  };
  return { ondone, onclose, used };
}

/** From there to there with the mouse, in parts of the sheet. */
async function draws(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const { width, height } = sheet.element().getBoundingClientRect();
  await userEvent.dragAndDrop(sheet, sheet, {
    sourcePosition: { x: from[0] * width, y: from[1] * height },
    targetPosition: { x: to[0] * width, y: to[1] * height }
  });
}

/** What a pen or a hand does at a place of the sheet, as the browser tells it; nobody here has a pen. */
function points(
  type: string,
  at: readonly [number, number],
  by: { readonly pointerId: number; readonly pointerType: string; readonly pressure?: number }
): void {
  const { left, top, width, height } = sheet.element().getBoundingClientRect();
  const place = { clientX: left + at[0] * width, clientY: top + at[1] * height };
  sheet
    .element()
    .dispatchEvent(new PointerEvent(type, { ...by, ...place, button: 0, bubbles: true, cancelable: true }));
}

function withoutCapture(): void {
  const capture = vi.spyOn(Element.prototype, 'setPointerCapture').mockReturnValue(undefined);
  onTestFinished(() => capture.mockRestore());
}

/** The colour there, in parts of the picture: red, green, blue. */
async function colourAt(picture: Blob, x: number, y: number): Promise<readonly number[]> {
  const bitmap = await createImageBitmap(picture);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  const [across, down] = [Math.floor(x * bitmap.width), Math.floor(y * bitmap.height)];
  return [...context.getImageData(across, down, 1, 1).data.slice(0, 3)];
}

const white = [255, 255, 255];
const red = [0xd0, 0x31, 0x2d];

describe('a drawing', () => {
  test('[MK7] a red line over a blank sheet is a picture, and can be gone on with', async () => {
    const { used } = await drawingBoard();
    await page.getByRole('radio', { name: 'Rojo' }).click();
    await page.getByRole('radio', { name: 'Grueso' }).click();
    await draws([0.25, 0.5], [0.75, 0.5]);
    await expect.element(page.getByText('1 trazo')).toBeInTheDocument();
    const { picture, drawing } = await used();
    expect(picture.type).toBe('image/png');
    expect(await colourAt(picture, 0.5, 0.5)).toEqual(red);
    expect(await colourAt(picture, 0.5, 0.2)).toEqual(white);
    expect(drawing).toMatchObject({
      version: 1,
      width: 2048,
      height: 1536,
      strokes: [{ tool: 'pen', colour: 'red' }]
    });
  });

  test('[MK7] a drawing that was kept is there again, and grows', async () => {
    const points = [200, 200, 5, 1800, 200, 5];
    const drawing: Drawing = {
      version: 1,
      width: 2000,
      height: 1000,
      strokes: [{ tool: 'pen', colour: 'red', width: 40, points }]
    };
    const { used } = await drawingBoard({ drawing });
    await draws([0.1, 0.8], [0.9, 0.8]);
    const made = await used();
    expect(await colourAt(made.picture, 0.5, 0.2)).toEqual(red);
    expect(made.drawing?.strokes.length).toBe(2);
    expect(made.drawing).toMatchObject({ width: 2000, height: 1000 });
  });

  test('[MK7] the eraser takes away what was drawn, and never the photo below', async () => {
    const over = await photo();
    const { used } = await drawingBoard({ over });
    const before = await colourAt(over, 0.5, 0.9);
    await page.getByRole('radio', { name: 'Grueso' }).click();
    await draws([0.3, 0.9], [0.7, 0.9]);
    await button('Goma').click();
    await draws([0.45, 0.9], [0.55, 0.9]);
    const { picture } = await used();
    expect(await colourAt(picture, 0.5, 0.9)).toEqual(
      before.map((value) => expect.closeTo(value, -1) as number)
    );
    expect(await colourAt(picture, 0.35, 0.9)).toEqual([0x1f, 0x2b, 0x2c]);
  });

  test('[MK7] each step goes back and forth, clearing too', async () => {
    const { used } = await drawingBoard();
    await draws([0.2, 0.2], [0.8, 0.2]);
    await draws([0.2, 0.8], [0.8, 0.8]);
    await button('Borrar todo').click();
    await expect.element(button('Usar el dibujo')).toBeDisabled();
    await button('Deshacer').click();
    await button('Deshacer').click();
    await expect.element(page.getByText('1 trazo')).toBeInTheDocument();
    await button('Rehacer').click();
    await expect.element(page.getByText('2 trazos')).toBeInTheDocument();
    await button('Deshacer').click();
    const { picture } = await used();
    expect(await colourAt(picture, 0.5, 0.8)).toEqual(white);
    expect(await colourAt(picture, 0.5, 0.2)).not.toEqual(white);
  });

  test('[MK7] a pen draws wider where it is pressed more', async () => {
    withoutCapture();
    const { used } = await drawingBoard();
    const pen = { pointerId: 7, pointerType: 'pen' };
    points('pointerdown', [0.2, 0.5], { ...pen, pressure: 0.1 });
    points('pointermove', [0.4, 0.5], { ...pen, pressure: 0.1 });
    points('pointermove', [0.6, 0.5], { ...pen, pressure: 1 });
    points('pointermove', [0.8, 0.5], { ...pen, pressure: 1 });
    points('pointerup', [0.8, 0.5], pen);
    const { picture, drawing } = await used();
    const pressed = drawing?.strokes[0]?.points.filter((_, index) => index % 3 === 2) ?? [];
    expect([Math.min(...pressed), Math.max(...pressed)]).toEqual([2, 9]);
    // Nine units beside the middle of the line there is ink only where it was pressed.
    const beside = 0.5 + 8 / 1536;
    expect(await colourAt(picture, 0.7, beside)).not.toEqual(white);
    expect(await colourAt(picture, 0.3, beside)).toEqual(white);
  });

  test('[MK7] the hand that lies on the sheet draws nothing once the pen comes, nor beside it', async () => {
    withoutCapture();
    const { used } = await drawingBoard();
    const [hand, pen] = [
      { pointerId: 3, pointerType: 'touch' },
      { pointerId: 7, pointerType: 'pen', pressure: 0.5 }
    ];
    points('pointerdown', [0.9, 0.9], hand);
    points('pointerdown', [0.2, 0.5], pen);
    points('pointermove', [0.9, 0.8], hand);
    points('pointermove', [0.8, 0.5], pen);
    points('pointerup', [0.9, 0.8], hand);
    points('pointerup', [0.8, 0.5], pen);
    const { picture, drawing } = await used();
    expect(drawing?.strokes.length).toBe(1);
    expect(await colourAt(picture, 0.9, 0.9)).toEqual(white);
  });

  test('[MK4] who has drawn something is asked before it is lost', async () => {
    const { onclose, ondone } = await drawingBoard();
    await draws([0.2, 0.2], [0.8, 0.2]);
    await userEvent.keyboard('{Escape}');
    await button('Salir sin guardar').click();
    await expect.poll(() => onclose.mock.calls.length).toBe(1);
    expect(ondone).not.toHaveBeenCalled();
  });
});

test('[MK3] a photo that cannot be opened says why', async () => {
  await render(DrawingDialog, {
    over: new Blob(['%PDF-1.7']),
    ondone: () => undefined,
    onclose: () => undefined
  });
  await expect.element(page.getByRole('alert')).toMatchTextContent('No se puede abrir aquí');
  await expect.element(button('Usar el dibujo')).toBeDisabled();
});

test.each([1180, 390])('[BR8] everything has a name, a contrast and its room, %s wide', async (width) => {
  await page.viewport(width, 830);
  await drawingBoard();
  await draws([0.2, 0.2], [0.8, 0.2]);
  await accessible('the drawing');
  const small = [...document.querySelectorAll('dialog button, dialog label')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width < 44 || box.height < 44;
  });
  expect(small.map(({ outerHTML }) => outerHTML)).toEqual([]);
});
