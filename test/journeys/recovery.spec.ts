import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { begin } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { found, marta, openSpace, signIn } from '../support/steps.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fresh = 'otra contraseña larga';

test('[CR5, AC1] a teacher who forgot the password chooses another with the printed code, and stays in', async ({
  relay,
  tablet
}) => {
  const [desk, other] = [await tablet(), await tablet()];
  const code = await found(desk, relay.setupPath, marta, 'Ríos de Europa');
  const { page } = other;
  await page.goto('/login');
  await page.getByRole('link', { name: 'He olvidado mi contraseña' }).click();
  await expect(page.getByRole('heading', { name: 'Elige otra contraseña' })).toBeVisible();
  await page.getByLabel('Usuario', { exact: true }).fill('marta.ruiz.1');
  await page.getByLabel('Código de recuperación').fill(code.toLowerCase().replaceAll('-', ' '));
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(fresh);
  await page.getByLabel('Repite la contraseña', { exact: true }).fill(fresh);
  await page.getByRole('button', { name: 'Cambiar la contraseña' }).click();
  await page.getByLabel('Lo he guardado en un lugar seguro').check();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await openSpace(page, 'Ríos de Europa');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Ríos de Europa', level: 1 })).toBeVisible();

  // SE6: the session with the old key has ended.
  await expect(desk.page.getByText('Tu contraseña ha cambiado')).toBeVisible();
  await signIn(desk.page, '/login', 'marta.ruiz.1', fresh);
  await expect(desk.page.getByRole('heading', { name: 'Mis TwinSpaces' })).toBeVisible();
});

test('[KE8, KE13, LI8] a teacher who lost password and code gets a link from the technician, once', async ({
  relay,
  tablet
}) => {
  const [desk, other] = [await tablet(), await tablet()];
  await begin(desk, relay, 'Ríos de Europa');
  const env = { ...process.env, DATA_DIR: relay.folder, HOST: '127.0.0.1', PORT: String(relay.port) };
  const command = ['sync-server/ops/recovery-link.ts', 'marta.ruiz.1'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env });
  const path = /\/recover#\S+/.exec(stdout)?.[0] ?? '';
  const { page } = other;
  await page.goto(path);
  await expect(page.getByText(/Marta/)).toBeVisible();
  await page.getByLabel('Contraseña nueva', { exact: true }).fill(fresh);
  await page.getByLabel('Repite la contraseña', { exact: true }).fill(fresh);
  await page.getByRole('button', { name: 'Cambiar la contraseña' }).click();
  // KE13: what the technician's link takes away with the password is said there and then.
  await expect(page.getByText(/Si tenías una contraseña de aula, ya no vale/)).toBeVisible();
  await page.getByLabel('Lo he guardado en un lugar seguro').check();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await openSpace(page, 'Ríos de Europa');
  const third = await tablet();
  await third.page.goto(path);
  await expect(third.page.getByRole('heading', { name: 'Este enlace no sirve' })).toBeVisible();
});
