import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { done, type Result } from '#lib/session/device/result.ts';
import HelpForm from '#lib/ui/members/HelpForm.svelte';

test('[HA2, G18] while a new password is being kept nobody can hand the tablet back, which would lose it', async () => {
  let kept: (answer: Result<unknown>) => void = () => undefined;
  let back = 0;
  await render(HelpForm, {
    username: 'angel.canorobles.1',
    onset: () => new Promise<Result<unknown>>((resolve) => (kept = resolve)),
    onback: () => (back += 1)
  });
  const giveBack = page.getByRole('button', { name: 'Devolver la tableta' });
  await expect.element(giveBack).toBeEnabled();
  await page.getByLabelText('Contraseña', { exact: true }).fill('nube4barco');
  await page.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect.element(giveBack).toBeDisabled();
  kept(done(undefined));
  await expect.element(page.getByText('nube4barco')).toBeVisible();
  await giveBack.click();
  expect(back).toBe(1);
});
