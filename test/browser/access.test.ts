import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { plusDays } from '#lib/domain/dates.ts';
import { digestOfEmpty, invitationId, marta, pageId, rios, secretHash, visitId } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { accessible } from './support/accessible.ts';
import { atTheDoor, sit } from './support/seat.ts';

const inSpace = [
  '',
  '/members',
  '/members/add',
  '/members/add/pupil',
  '/members/add/teacher',
  '/members/add/class',
  '/members/add/existing',
  '/groups',
  '/activity',
  '/settings',
  '/tablets',
  '/tablets/add',
  '/profile',
  '/visits',
  '/pages/from-archive',
  '/pages/comments',
  '/pages/each',
  '/how'
];

async function shown(): Promise<void> {
  await expect.element(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect.element(page.getByRole('status').filter({ hasText: 'Un momento' })).not.toBeInTheDocument();
}

test.each(['/', '/login', '/pupil-login', '/recover', '/tablet', '/setup', '/invite'])(
  '[AP4, BR8] the door at %s can be used by everybody, in both themes',
  async (path) => {
    await atTheDoor(path);
    await shown();
    await accessible(path);
  }
);

const expires = '2027-01-01';

test.each([
  ['setup', { is: 'founding', expires }],
  [
    'invite',
    {
      is: 'invitation',
      space: rios,
      spaceName: 'Ríos de Europa',
      expires,
      invitation: invitationId('Luca'),
      role: 'teacher',
      by: 'Marta Ríos'
    }
  ]
])(
  '[AP4, BR8] what stands behind a link to %s can be used by everybody, in both themes',
  async (door, look) => {
    sessionStorage.setItem(`twinspace.link.${look.is}`, 'A'.repeat(43));
    await atTheDoor(`/${door}`, { '/api/links/look': look });
    await expect.element(page.getByLabelText('Apellidos')).toBeVisible();
    await accessible(door);
  }
);

test.each([
  ...inSpace.map((path) => `/space/${rios}${path}`),
  ...['/spaces', '/account', '/account/password', '/tray', '/device', '/help']
])('[AP4, BR8] the screen at %s can be used by everybody, in both themes', async (path) => {
  await sit(marta, riosDeEuropa(), path);
  await shown();
  await accessible(path);
});

test('[AP4, BR8] the form for a pupil can be used by everybody while it says what is wrong', async () => {
  await sit(marta, riosDeEuropa(), `/space/${rios}/members/add/pupil`);
  await page.getByLabelText('Nombre', { exact: true }).fill('Ana');
  await page.getByLabelText('Apellidos').fill('Cano Robles');
  await page.getByRole('button', { name: 'Verificar' }).click();
  await expect.element(page.getByLabelText('Apellidos')).toHaveAttribute('aria-invalid', 'true');
  await accessible('new pupil');
  await page.getByRole('button', { name: 'CanoRobles', exact: true }).click();
  await page.getByLabelText('Contraseña', { exact: true }).fill('tigre7luna');
  await accessible('new pupil, verified');
  await page.getByRole('button', { name: 'Invitar' }).click();
  await expect.element(page.getByText('Ana Cano Robles ya está en la lista').first()).toBeVisible();
  await accessible('pupil added');
});

test('[AP4, BR8, PU1, PU5] what is published and what would be, and the links to it, can be used by everybody', async () => {
  const world = riosDeEuropa();
  const [diary, draft] = [pageId('diary'), pageId('draft')];
  const made = { page: diary, title: 'Diario', order: 'a0', draft: false };
  world.do(marta, 'page.create', made);
  world.do(marta, 'page.create', { ...made, page: draft, title: 'Notas', parent: diary, draft: true });
  world.do(marta, 'page.publish', { page: diary, digest: digestOfEmpty('Diario') });
  world.do(marta, 'page.rename', { page: diary, title: 'Diario de Marta' });
  const link = {
    visit: visitId('one'),
    label: 'Familias',
    secretHash: secretHash('one'),
    pages: 'all'
  } as const;
  world.do(marta, 'visit.create', { ...link, expires: plusDays(world.now, 30) });
  await sit(marta, world, `/space/${rios}/pages/${diary}/publish`);
  await shown();
  await expect.element(page.getByText('Esta página es un borrador')).toBeVisible();
  await expect.element(page.getByText('Nombra a')).toBeVisible();
  await page.getByText('Verla como un visitante').click();
  await accessible('publish');
  const tick = page.getByRole('checkbox', { name: /^Diario de Marta/ });
  await tick.click();
  await page.getByRole('button', { name: /^Publicar/ }).click({ force: true });
  await expect.element(page.getByText('Elige al menos una página.')).toBeVisible();
  await tick.click();
  await page.getByRole('button', { name: 'Publicar 1 página' }).click();
  await expect.element(page.getByRole('heading', { name: 'Visitantes', level: 1 })).toBeVisible();
  await expect.element(page.getByText('Familias', { exact: true })).toBeVisible();
  await accessible('visits');
  await page.getByRole('button', { name: 'Enlace nuevo' }).click();
  await page.getByRole('button', { name: 'Crear el enlace' }).click();
  await expect.element(page.getByText('Escribe para quién es.')).toBeVisible();
  await accessible('a link that is not filled in');
});
