import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { blobSource } from '#lib/capture/blob-source.ts';
import { look } from '#lib/media/look.ts';
import CameraDialog from '#lib/ui/media/CameraDialog.svelte';
import { accessible } from './support/accessible.ts';
import { devicesSay, openTracks, pageHidden, watchedDevices } from './support/devices.ts';

const button = (name: string) => page.getByRole('button', { name });
const shutter = button('Hacer la foto');

async function camera(most = 300) {
  const told = {
    onpictures: vi.fn<(taken: readonly Blob[]) => void>(),
    onfilm: vi.fn<(film: Blob, seconds: number) => void>(),
    onclose: vi.fn()
  };
  return { ...told, shown: await render(CameraDialog, { ...told, most }) };
}

/** The camera shows something, and the shutter waits for a finger. */
async function ready(): Promise<void> {
  await expect.element(shutter).not.toHaveAttribute('aria-busy');
}

describe('pictures', () => {
  test('[MK5] two are taken, as large as the camera gives them, and its light goes out', async () => {
    const streams = watchedDevices();
    const { onpictures, onclose } = await camera();
    await ready();
    expect(streams[0]?.getAudioTracks()).toEqual([]);
    const settings = streams[0]?.getVideoTracks()[0]?.getSettings();
    await shutter.click();
    await expect.element(page.getByText('1 foto hecha')).toBeVisible();
    await shutter.click();
    await button('Usar las 2 fotos').click();
    const [taken = []] = onpictures.mock.calls[0] ?? [];
    const sizes = await Promise.all(taken.map((picture) => createImageBitmap(picture)));
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [settings?.width, settings?.height],
      [settings?.width, settings?.height]
    ]);
    await expect.poll(() => onclose.mock.calls.length).toBe(1);
    expect(openTracks(streams)).toBe(0);
  });

  test('[MK5] Space and Enter press the shutter, which has the focus from the beginning', async () => {
    await camera();
    await ready();
    await expect.element(shutter).toHaveFocus();
    await userEvent.keyboard(' ');
    await expect.element(page.getByText('1 foto hecha')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('2 fotos hechas')).toBeVisible();
  });

  test('[MK4] who has taken one is asked before it is lost', async () => {
    const { onclose, onpictures } = await camera();
    await ready();
    await shutter.click();
    await expect.element(page.getByText('1 foto hecha')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await button('Salir sin guardar').click();
    await expect.poll(() => onclose.mock.calls.length).toBe(1);
    expect(onpictures).not.toHaveBeenCalled();
  });
});

describe('films', () => {
  test('[MK6, MD4] one is recorded, paused, seen again and kept, and can be walked to its end', async () => {
    const streams = watchedDevices();
    const { onfilm } = await camera();
    await ready();
    await page.getByRole('radio', { name: 'Vídeo' }).click();
    await button('Grabar').click();
    await expect.element(page.getByText('0:01 de 5:00')).toBeVisible();
    await button('Pausa').click();
    await expect.element(page.getByText('En pausa')).toBeVisible();
    await button('Seguir grabando').click();
    await button('Parar').click();
    await expect.element(page.getByLabelText('Tu vídeo')).toBeVisible();
    expect(openTracks(streams)).toBe(0);
    await button('Quedarme con el vídeo').click();
    const [film, seconds] = onfilm.mock.calls[0] ?? [new Blob(), 0];
    expect(seconds).toBeGreaterThan(1);
    const looked = await look(blobSource(film));
    expect(looked).toMatchObject({ kind: film.type.includes('mp4') ? 'mp4' : 'webm', sound: true });
    if ('unwalkable' in looked) throw new Error(looked.unwalkable);
    expect(looked.width).toBeGreaterThan(0);
    expect(looked.frames).toBeGreaterThan(1);
  });

  test('[MK6] at its longest it ends by itself, and can be made again', async () => {
    const { onfilm } = await camera(3);
    await ready();
    await page.getByRole('radio', { name: 'Vídeo' }).click();
    await button('Grabar').click();
    await expect.element(page.getByLabelText('Tu vídeo')).toBeVisible();
    const first = page.getByLabelText('Tu vídeo').element().getAttribute('src') ?? '';
    await button('Otra vez').click();
    await expect(fetch(first)).rejects.toThrow();
    await button('Grabar').click();
    await button('Quedarme con el vídeo').click();
    expect(onfilm.mock.calls[0]?.[1]).toBeLessThanOrEqual(3);
  });

  test('[MK6] what was recorded when the tablet is turned to something else is not lost', async () => {
    const streams = watchedDevices();
    await camera();
    await ready();
    await page.getByRole('radio', { name: 'Vídeo' }).click();
    await button('Grabar').click();
    await expect.element(page.getByText('0:01 de 5:00')).toBeVisible();
    pageHidden(true);
    await expect.element(page.getByLabelText('Tu vídeo')).toBeVisible();
    expect(openTracks(streams)).toBe(0);
    pageHidden(false);
    await expect.element(button('Quedarme con el vídeo')).toBeVisible();
  });
});

describe('the light of the camera', () => {
  test('[MK5] goes out while nobody sees it, and comes on again', async () => {
    const streams = watchedDevices();
    await camera();
    await ready();
    pageHidden(true);
    expect(openTracks(streams)).toBe(0);
    pageHidden(false);
    await ready();
    expect(openTracks(streams)).toBe(1);
  });

  test('[MK5] goes out with whoever is signed out in the middle', async () => {
    const streams = watchedDevices();
    const { shown } = await camera();
    await ready();
    await shown.unmount();
    expect(openTracks(streams)).toBe(0);
  });

  test('[MK5] does not stay on where the device answers after it was closed', async () => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    let letGo = (): void => undefined;
    const later = new Promise<void>((resolve) => (letGo = resolve));
    const late: MediaStream[] = [];
    const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async (wanted) => {
      await later;
      const stream = await ask(wanted);
      late.push(stream);
      return stream;
    });
    onTestFinished(() => asked.mockRestore());
    const { onclose } = await camera();
    await expect.element(page.getByText('Encendiendo la cámara')).toBeVisible();
    await button('Cancelar').click();
    await expect.poll(() => onclose.mock.calls.length).toBe(1);
    letGo();
    await expect.poll(() => late.length).toBe(1);
    await expect.poll(() => openTracks(late)).toBe(0);
  });
});

describe('no camera', () => {
  test.each([
    { name: 'NotAllowedError', says: 'La cámara está bloqueada' },
    { name: 'NotFoundError', says: 'Aquí no hay cámara' },
    { name: 'NotReadableError', says: 'Otra aplicación usa la cámara' }
  ])('[MK5] $name is said with what to do, and tried again', async ({ name, says }) => {
    devicesSay(name);
    await camera();
    await expect.element(page.getByRole('alert')).toMatchTextContent(says);
    await button('Probar otra vez').click();
    await ready();
  });

  test('[MK5] a browser that gives none says what else can be done', async () => {
    const none = vi.spyOn(navigator, 'mediaDevices', 'get').mockReturnValue(undefined as never);
    onTestFinished(() => none.mockRestore());
    await camera();
    await expect.element(page.getByText('elígelo después desde la galería')).toBeVisible();
    await expect.element(button('Probar otra vez')).not.toBeInTheDocument();
  });

  test('[MK5] a device with a camera and no microphone records a film without sound', async () => {
    await camera();
    await ready();
    devicesSay('NotFoundError');
    await page.getByRole('radio', { name: 'Vídeo' }).click();
    await expect.element(button('Grabar')).toBeVisible();
  });
});

test.each([1180, 390])('[BR8] everything has a name, a contrast and its room, %s wide', async (width) => {
  await page.viewport(width, 830);
  await camera();
  await ready();
  await shutter.click();
  await expect.element(page.getByText('1 foto hecha')).toBeVisible();
  await accessible('the camera');
});
