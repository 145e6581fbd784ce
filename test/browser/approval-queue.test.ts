import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { refuse } from '#lib/domain/refusals.ts';
import type { Result } from '#lib/session/device/result.ts';
import type { Kept } from '#lib/ui/kept.ts';
import ApprovalQueue from '#lib/ui/media/ApprovalQueue.svelte';
import type { WaitingMedia } from '#lib/ui/media/waiting-media.ts';
import { angel, marta } from '../support/cast.ts';
import { accessible } from './support/accessible.ts';
import { seenPicture, viewOf } from './support/seen-picture.ts';

const button = (name: string) => page.getByRole('button', { name });

const waiting: readonly WaitingMedia[] = [
  {
    id: 'one',
    open: true,
    owner: { id: angel.id, name: 'Ángel' },
    alt: 'Un puente',
    caption: '',
    page: 'El Ebro'
  },
  { id: 'two', open: true, owner: { id: marta.id, name: 'Berta' }, alt: '', caption: '' },
  { id: 'three', open: true, owner: { id: angel.id, name: 'Ángel' }, alt: 'Un pato', caption: 'Cua' }
];

async function queue() {
  const view = viewOf({ ...seenPicture, waits: 'shown' });
  const fine: Result<unknown> = { ok: true, value: undefined };
  const told = {
    onyes: vi.fn<(ids: readonly string[]) => Promise<Result<unknown>>>().mockResolvedValue(fine),
    onno: vi.fn<(id: string, why: string) => Promise<Result<unknown>>>().mockResolvedValue(fine)
  };
  const kept = new Map<string, string>();
  const keptOf = (id: string): Kept => ({
    text: kept.get(id) ?? '',
    keep: (text) => void kept.set(id, text)
  });
  const { rerender } = await render(ApprovalQueue, { waiting, view, keptOf, ...told });
  return { ...told, kept, rerender };
}

describe('what waits for an adult', () => {
  test('[ML4] is looked through with one key, each on its own', async () => {
    const { onyes } = await queue();
    for (const name of ['Ángel', 'Berta', 'Ángel']) {
      await expect.element(page.getByRole('heading', { name })).toBeVisible();
      await expect.element(button('Sí, que se vea')).toHaveFocus();
      await userEvent.keyboard('{Enter}');
    }
    await expect.element(page.getByText('No espera nada')).toBeVisible();
    expect(onyes.mock.calls).toEqual([[['one']], [['two']], [['three']]]);
  });

  test('[ML4] what another adult has answered meanwhile is passed over; what is looked at stays under the finger', async () => {
    const { onyes, rerender } = await queue();
    await expect.element(button('Sí, que se vea')).toHaveFocus();
    await rerender({ waiting: waiting.map((one) => ({ ...one, open: one.id === 'three' })) });
    await expect.element(page.getByText('Un puente').first()).toBeVisible();
    onyes.mockResolvedValueOnce({
      ok: false,
      problem: { is: 'refusal', refusal: refuse('media-not-waiting') }
    });
    await button('Sí, que se vea').click();
    await expect.element(page.getByText('Un pato').first()).toBeVisible();
    await expect.element(page.getByRole('alert')).toMatchTextContent('ya lo puede ver todo el mundo');
    await expect.element(page.getByText('3 de 3')).toBeVisible();
    expect(onyes.mock.calls).toEqual([[['one']]]);
  });

  test('[ML4] all of a child are let through at once, and the others wait', async () => {
    const { onyes } = await queue();
    await button('Que se vean las 2 de Ángel').click();
    await expect.element(page.getByRole('heading', { name: 'Berta' })).toBeVisible();
    await expect.element(page.getByText('3 de 3')).toBeVisible();
    expect(onyes.mock.calls).toEqual([[['one', 'three']]]);
  });

  test('[ML5, CO11] a no says why, in words that a child reads; what was begun is kept until it is said', async () => {
    const { onno, kept } = await queue();
    await button('No, y decir por qué').click();
    await button('Decírselo').click();
    await expect.element(page.getByText('Escribe por qué')).toBeVisible();
    await button('Se ve la cara de alguien').click();
    expect(kept.get('one')).toMatch(/^Se ve la cara/);
    await button('Decírselo').click();
    await expect.element(page.getByRole('heading', { name: 'Berta' })).toBeVisible();
    expect(kept.get('one')).toBe('');
    expect(onno.mock.calls).toEqual([
      ['one', 'Se ve la cara de alguien. Difumínala y pon la imagen otra vez.']
    ]);
  });

  test('[ML4] what is refused stays and says why', async () => {
    const { onyes } = await queue();
    onyes.mockResolvedValueOnce({
      ok: false,
      problem: { is: 'refusal', refusal: refuse('media-not-waiting') }
    });
    await button('Sí, que se vea').click();
    await expect.element(page.getByRole('alert')).toMatchTextContent('ya lo puede ver todo el mundo');
    await expect.element(page.getByRole('heading', { name: 'Ángel' })).toBeVisible();
  });
});

test.each([1180, 390])('[BR8] everything has a name, a contrast and its room, %s wide', async (width) => {
  await page.viewport(width, 830);
  await queue();
  await accessible('the queue');
  await button('No, y decir por qué').click();
  await accessible('why not');
});
