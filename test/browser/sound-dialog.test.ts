import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { blobSource } from '#lib/capture/blob-source.ts';
import { look } from '#lib/media/look.ts';
import SoundDialog from '#lib/ui/media/SoundDialog.svelte';
import { accessible } from './support/accessible.ts';
import { devicesSay, openTracks, pageHidden, watchedDevices } from './support/devices.ts';

const button = (name: string) => page.getByRole('button', { name });
const made = page.getByLabelText('Tu grabación');

async function voice(most = 300) {
  const told = { onsound: vi.fn<(sound: Blob, seconds: number) => void>(), onclose: vi.fn() };
  return { ...told, shown: await render(SoundDialog, { ...told, most }) };
}

describe('a voice', () => {
  test('[MK6, MD4] is recorded by keyboard alone, heard again and kept, and can be walked to its end', async () => {
    const streams = watchedDevices();
    const { onsound, onclose } = await voice();
    expect(streams).toEqual([]);
    await expect.element(button('Grabar')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('0:01 de 5:00')).toBeVisible();
    await expect.element(page.getByRole('meter', { name: 'Se oye' })).toBeVisible();
    // The microphone of these tests beeps every second.
    await expect
      .poll(() => Number(page.getByRole('meter').element().getAttribute('aria-valuenow')))
      .toBeGreaterThan(30);
    await expect.element(button('Parar')).toHaveFocus();
    await userEvent.keyboard(' ');
    await expect.element(made).toBeVisible();
    expect(openTracks(streams)).toBe(0);
    await button('Quedarme').click();
    const [sound, seconds] = onsound.mock.calls[0] ?? [new Blob(), 0];
    expect(seconds).toBeGreaterThan(1);
    expect(await look(blobSource(sound))).toMatchObject({ width: 0, height: 0, sound: true });
    await expect.poll(() => onclose.mock.calls.length).toBe(1);
  });

  test('[MK6] ends at its longest, and can be spoken again', async () => {
    const { onsound } = await voice(1);
    await button('Grabar').click();
    await expect.element(made).toBeVisible();
    const first = made.element().getAttribute('src') ?? '';
    await button('Otra vez').click();
    await expect.element(button('Parar')).toBeVisible();
    await expect(fetch(first)).rejects.toThrow();
    await expect.element(made).toBeVisible();
    await button('Quedarme').click();
    expect(onsound).toHaveBeenCalledOnce();
  });

  test('[MK4, MK5] leaving in the middle is asked about, and closes the microphone', async () => {
    const streams = watchedDevices();
    const { onsound, onclose } = await voice();
    await button('Grabar').click();
    await expect.element(button('Parar')).toBeVisible();
    await button('Cerrar').click();
    await button('Salir sin guardar').click();
    await expect.poll(() => onclose.mock.calls.length).toBe(1);
    expect(openTracks(streams)).toBe(0);
    expect(onsound).not.toHaveBeenCalled();
  });

  test('[MK5, MK6] hidden, the microphone is closed and what was said is kept', async () => {
    const streams = watchedDevices();
    await voice();
    await button('Grabar').click();
    await expect.element(page.getByText('0:01 de 5:00')).toBeVisible();
    pageHidden(true);
    await expect.element(made).toBeVisible();
    expect(openTracks(streams)).toBe(0);
  });

  test('[MK5] ends with whoever is signed out in the middle', async () => {
    const streams = watchedDevices();
    const { shown } = await voice();
    await button('Grabar').click();
    await expect.element(button('Parar')).toBeVisible();
    await shown.unmount();
    expect(openTracks(streams)).toBe(0);
  });
});

test.each([
  { name: 'NotAllowedError', says: 'El micrófono está bloqueado' },
  { name: 'NotFoundError', says: 'Aquí no hay micrófono' },
  { name: 'NotReadableError', says: 'Otra aplicación usa el micrófono' }
])('[MK5] $name is said with what to do, and tried again', async ({ name, says }) => {
  devicesSay(name);
  await voice();
  await button('Grabar').click();
  await expect.element(page.getByRole('alert')).toMatchTextContent(says);
  await button('Probar otra vez').click();
  await expect.element(button('Parar')).toBeVisible();
});

test('[BR8] everything has a name, a contrast and its room', async () => {
  await voice(1);
  await accessible('before the voice');
  await button('Grabar').click();
  await expect.element(made).toBeVisible();
  await accessible('the voice');
});
