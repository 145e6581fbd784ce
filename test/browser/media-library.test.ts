import { describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { MediaWords } from '#lib/editor/media.ts';
import type { MediaEntry } from '#lib/ui/media/media-entry.ts';
import MediaList from '#lib/ui/media/MediaList.svelte';
import PutMediaDialog from '#lib/ui/media/PutMediaDialog.svelte';
import RoomNotice from '#lib/ui/media/RoomNotice.svelte';
import { accessible } from './support/accessible.ts';
import { seenPicture, viewOf } from './support/seen-picture.ts';

const button = (name: string) => page.getByRole('button', { name });

function entry(id: string, more: Partial<MediaEntry> = {}): MediaEntry {
  return {
    id,
    is: 'picture',
    bytes: 100_000,
    on: '2026-11-28',
    ownerName: 'Ángel',
    mine: false,
    alt: '',
    waits: false,
    arrived: true,
    pages: [],
    ...more
  };
}

const entries: readonly MediaEntry[] = [
  entry('bridge', { alt: 'Un puente', pages: [{ title: 'El Ebro', href: '#ebro' }] }),
  entry('film', { is: 'film', ownerName: 'Berta', pages: [{ title: 'El Duero', href: '#duero' }] }),
  entry('gone', { alt: 'Un puente viejo', removed: { by: 'Marta', daysLeft: 12 } })
];

const view = viewOf(seenPicture);

async function library() {
  const onput = vi.fn<(words: readonly MediaWords[]) => void>();
  await render(PutMediaDialog, { entries, view, onput, onclose: () => undefined });
  return { onput, box: page.getByRole('checkbox') };
}

describe('what is in the TwinSpace already', () => {
  test('[MT8] is found by a page, an owner, a word, a kind, and put in with the words that it has', async () => {
    const { onput, box } = await library();
    await expect.element(box.nth(1)).toBeVisible();
    expect(box.elements()).toHaveLength(2);
    const search = page.getByRole('searchbox');
    for (const [typed, left] of [
      ['duero', 1],
      ['berta', 1],
      ['puente ebro', 1],
      ['angel', 1],
      ['puente duero', 0]
    ] as const) {
      await search.fill(typed);
      await expect.poll(() => box.elements().length, { message: typed }).toBe(left);
    }
    await expect.element(page.getByText('Nada se parece a eso')).toBeVisible();
    await search.fill('');
    await page.getByRole('combobox').selectOptions('Vídeos');
    await expect.poll(() => box.elements().length).toBe(1);
    await box.click();
    await page.getByRole('combobox').selectOptions('De todo');
    await box.first().click();
    await button('Poner las 2 en la página').click();
    expect(onput.mock.calls).toEqual([
      [
        [
          { media: 'bridge', size: 'small', alt: 'Un puente', caption: '' },
          { media: 'film', size: 'wide', alt: '', caption: '' }
        ]
      ]
    ]);
  });

  test('[MT8] is put from its list into a page, but for what is in the trash', async () => {
    const onput = vi.fn<(ids: readonly string[]) => void>();
    const told = { onput, ondelete: () => undefined, onrestore: () => undefined };
    await render(MediaList, { entries, view, ...told });
    await page.getByRole('checkbox').first().click();
    await button('Poner en una página').click();
    expect(onput.mock.calls).toEqual([[['bridge']]]);
    await page.getByRole('checkbox').nth(2).click();
    await expect.element(button('Poner en una página')).not.toBeInTheDocument();
  });
});

describe('before something is added', () => {
  test.for([
    [3_400, undefined],
    [3_600, 'quedan 1,4 GB'],
    [4_600, 'quedan 400 MB'],
    [5_000, 'se queda en este dispositivo']
  ] as const)('[ML2] of 5,000 MB %i are taken', async ([used, words]) => {
    await render(RoomNotice, { used: used * 1_000_000, most: 5_000_000_000 });
    if (words === undefined) await expect.element(page.getByText('TwinSpace')).not.toBeInTheDocument();
    else await expect.element(page.getByText(words)).toBeVisible();
    // No line ends between number and unit.
    expect(document.body.textContent).not.toMatch(/\d [MG]B/);
  });
});

test.each([1180, 390])('[BR8] everything has a name, a contrast and its room, %s wide', async (width) => {
  await page.viewport(width, 830);
  const { box } = await library();
  await box.first().click();
  await accessible('what is here already');
});
