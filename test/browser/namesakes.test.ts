import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import {
  fileHash,
  groupId,
  marta,
  mediaId,
  newAccount,
  pageId,
  person,
  rios,
  type Person
} from '../support/cast.ts';
import { raiseHand, riosDeEuropa, type World } from '../support/world.ts';
import { classTablet, password, sit } from './support/seat.ts';
import { fromMenu, memberRow } from './support/steps.ts';

const one = person('Ana', 'Río', 'ana.rio.1', '', 'Ana, the first');
const other = person('Ana', 'Río', 'ana.rio.2', '', 'Ana, the second');
const both = ['Ana Río (1)', 'Ana Río (2)'];
const diary = pageId('diary');

/** Two pupils of one name, with a group, a page and a picture of each. */
function namesakes(): World {
  const world = riosDeEuropa().addPupil(one).addPupil(other);
  world.do(marta, 'group.make', { group: groupId('5.º A'), name: '5.º A', kind: 'class' });
  world.do(marta, 'page.create', { page: diary, title: 'Diario', order: 'a0', draft: false });
  for (const who of [one, other]) {
    world.do(marta, 'page.permit', { page: diary, to: { is: 'member', account: who.id } });
    const picture = {
      kind: 'jpeg',
      hash: fileHash(who.username),
      bytes: 1_000,
      width: 64,
      height: 48
    } as const;
    world.do(who, 'media.add', { media: mediaId(who.username), ...picture });
    raiseHand(world, who);
  }
  return world;
}

const inSpace = (path: string): string => `/space/${rios}${path}`;

describe('two pupils of one name', () => {
  test.each<readonly [string, Person, string, () => Promise<void>]>([
    ['the list of members', marta, inSpace('/members'), async () => undefined],
    ['the list as classmates see it', one, inSpace('/members'), async () => undefined],
    [
      'the start of the TwinSpace, where both have forgotten their password',
      marta,
      inSpace(''),
      async () => undefined
    ],
    ['the list of media', marta, inSpace('/media'), async () => undefined],
    [
      'the members of a group',
      marta,
      inSpace('/groups'),
      () => page.getByRole('button', { name: 'Elegir miembros' }).click()
    ],
    [
      'who writes in a page',
      marta,
      inSpace('/pages'),
      async () => {
        await page.getByRole('button', { name: 'Opciones de Diario' }).click();
        await page.getByRole('menuitem', { name: 'Dar permiso' }).click();
      }
    ],
    [
      'whom the pages are seen as',
      marta,
      inSpace(`/pages/${diary}`),
      async () => {
        await page.getByRole('button', { name: 'Opciones de Diario' }).click();
        await page.getByRole('menuitem', { name: 'Ver como alumno' }).click();
        await page.getByRole('radio', { name: 'Alguien de la lista' }).click();
      }
    ]
  ])('[MM11] are told apart in %s', async (_, who, at, open) => {
    await sit(who, namesakes(), at);
    await open();
    for (const name of both) await expect.element(page.getByText(apart(name)).first()).toBeVisible();
  });

  test('[MM11] are told apart in what is asked of one of them and in what confirms it', async () => {
    await sit(marta, namesakes(), inSpace('/members'));
    await expect.element(memberRow('ana.rio.2')).toBeVisible();
    for (const item of ['Contacto', 'Editar acceso', 'Cambiar contraseña', 'Eliminar']) {
      const dialog = await fromMenu(both[1] ?? '', item);
      await expect.element(dialog.getByText('Ana Río (2)').first()).toBeVisible();
      if (item !== 'Eliminar') await dialog.getByRole('button', { name: 'Cerrar' }).first().click();
    }
    await page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }).click();
    await expect.element(page.getByText('Ana Río (2) ya no está en este TwinSpace.')).toBeVisible();
    // Whoever is left keeps the number: a name does not change because somebody goes.
    await expect.element(memberRow('ana.rio.1')).toMatchTextContent('Ana Río (1)');
  });

  test('[MM11] are told apart by their tiles, at the password and in whose turn it is', async () => {
    const { app, started } = await classTablet(marta, [one, other], namesakes(), 'open');
    await started();
    const tile = page.getByRole('button', { name: apart('Ana Río (2)') });
    await expect.element(page.getByRole('button', { name: apart('Ana Río (1)') })).toBeVisible();
    await tile.click();
    await expect.element(page.getByText(apart('Ana Río (2)')).first()).toBeVisible();
    await app.signIn(other.username, password);
    await expect.element(page.getByRole('region', { name: 'Es el turno de Ana Río (2)' })).toBeVisible();
  });
});

describe('a long username', () => {
  const long = person(
    'María-José',
    'Ruiz-de-la-Peña-y-Fernández-de-Córdoba',
    'maria-jose.ruiz-de-la-pena-y-fernandez-de-c.12'
  );

  test.each([390, 820, 1180])(
    '[MM11] shows its number, and keeps within its place, %s wide',
    async (width) => {
      await page.viewport(width, 844);
      const world = riosDeEuropa();
      world.do(marta, 'pupil.add', { account: newAccount(long), role: 'pupil' });
      await sit(marta, world, inSpace('/members'));
      const row = memberRow('María-José');
      const number = row.getByText('.12', { exact: true });
      await expect.element(number).toBeVisible();
      within(number.element(), row.element());

      const dialog = await fromMenu('María-José', 'Contacto');
      const whole = dialog.getByText(long.username).element();
      within(whole, dialog.element());
    }
  );
});

/** As it is said where the number stands in an element of its own, too. */
function apart(name: string): RegExp {
  return new RegExp(name.replace(' (', '\\s*\\(').replace(')', '\\)'));
}

function within(part: Element, whole: Element): void {
  const [inner, outer] = [part.getBoundingClientRect(), whole.getBoundingClientRect()];
  expect(inner.width).toBeGreaterThan(0);
  expect(inner.left).toBeGreaterThanOrEqual(outer.left);
  expect(inner.right).toBeLessThanOrEqual(outer.right + 0.5);
}
