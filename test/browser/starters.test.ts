import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { angel, groupId, luca, marta, pageId, rios, zoe } from '../support/cast.ts';
import { riosDeEuropa, World } from '../support/world.ts';
import { accessible } from './support/accessible.ts';
import { sit } from './support/seat.ts';

const at = `/space/${rios}/pages`;
const ebro = pageId('El Ebro');

/** A page that all see, and a class with both pupils. */
function withClass(): World {
  const world = riosDeEuropa();
  world.do(marta, 'page.create', { page: ebro, title: 'El Ebro', order: 'a0', draft: false });
  const group = groupId('4.º A');
  world.do(marta, 'group.make', { group, name: '4.º A', kind: 'class' });
  for (const { id } of [angel, zoe])
    world.do(marta, 'member.groups', { member: id, add: [group], remove: [] });
  return world;
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const starters = () => page.getByRole('dialog', { name: 'Modelos de página' });
const look = () => page.getByRole('dialog', { name: /^Así empieza/ });

async function openEach(): Promise<void> {
  await button('Más opciones').click();
  await page.getByRole('menuitem', { name: 'Una para cada cual' }).click();
}

async function openStarters(): Promise<void> {
  await button('Elegir un modelo').click();
  await expect.element(starters().getByRole('button', { name: /^Diario/ })).toBeVisible();
}

test('[ON1, ON3] a page begins with a starter, which is looked at first, in either language', async () => {
  await sit(marta, withClass(), at);
  await button('Página nueva').click();
  await openStarters();
  await accessible('starters');
  await starters().getByLabelText('Idioma de los modelos').selectOptions('en');
  await starters()
    .getByRole('button', { name: /^Interview/ })
    .click();
  await expect.element(look().getByRole('heading', { name: 'Questions and answers' })).toBeVisible();
  await accessible('a starter that is looked at');
  await button('Volver').click();
  await expect.element(starters().getByRole('button', { name: /^Interview/ })).toHaveFocus();
  await starters().getByLabelText('Idioma de los modelos').selectOptions('es');
  await starters()
    .getByRole('button', { name: /^Receta/ })
    .click();
  await button('Usar este modelo').click();
  await expect.element(page.getByLabelText('Título')).toHaveValue('Receta');
  // Whoever chooses another one has its title, where they wrote none.
  await button('Elegir otro modelo').click();
  await starters()
    .getByRole('button', { name: /^Entrevista/ })
    .click();
  await button('Usar este modelo').click();
  await expect.element(page.getByLabelText('Título')).toHaveValue('Entrevista');
  await accessible('a new page with a starter');
  await button('Crear la página').click();
  await expect.element(page.getByRole('heading', { name: 'Entrevista', level: 1 })).toBeVisible();
  await expect.element(page.getByRole('heading', { name: 'Preguntas y respuestas' })).toBeVisible();
  await expect.element(page.getByText('Las preguntas no se contestan solo con sí o no.')).toBeVisible();
});

test('[ON3, ON4] a pupil administrator begins a page as another one that has something in it', async () => {
  const world = withClass();
  world.do(marta, 'page.permit', { page: ebro, to: { is: 'member', account: zoe.id } });
  await sit(zoe, world, at);
  await expect.element(button('Página nueva')).toBeVisible();
  await expect.element(button('Más opciones')).not.toBeInTheDocument();
  await button('Página nueva').click();
  await openStarters();
  await starters().getByRole('radio', { name: 'El Ebro' }).click();
  await expect.element(starters().getByText('En esta página aún no hay nada que copiar.')).toBeVisible();
  await starters()
    .getByRole('button', { name: /^Receta/ })
    .click();
  await button('Usar este modelo').click();
  // A title that stands there already stays.
  await page.getByLabelText('Título').fill('Sopa');
  await button('Crear la página').click();
  await expect.element(page.getByRole('heading', { name: 'Cómo se hace' })).toBeVisible();

  await page.getByRole('link', { name: 'Páginas' }).first().click();
  await button('Opciones de Sopa').click();
  await page.getByRole('menuitem', { name: 'Usar como modelo…' }).click();
  await expect.element(page.getByLabelText('Título')).toHaveValue('Sopa');
  await expect.element(page.getByRole('radio', { name: 'El Ebro' })).toBeChecked();
  await button('Cancelar').click();
  await button('Página nueva').click();
  await openStarters();
  await starters().getByRole('radio', { name: 'Sopa' }).click();
  await expect.element(look().getByRole('columnheader', { name: 'Ingrediente' })).toBeVisible();
  await button('Usar este modelo').click();
  await page.getByLabelText('Título').fill('Gazpacho');
  await button('Crear la página').click();
  await expect.element(page.getByRole('heading', { name: 'Gazpacho', level: 1 })).toBeVisible();
  await expect.element(page.getByRole('columnheader', { name: 'Ingrediente' })).toBeVisible();
});

test('[ON5, ON6, ON7] a teacher makes one for each of a class, takes all back in one, and who has one gets no other', async () => {
  const world = withClass();
  await sit(luca, world, at);
  await openEach();
  await expect.element(page.getByText('Se crearán 2 páginas arriba del todo.')).toBeVisible();
  await openStarters();
  await starters()
    .getByRole('button', { name: /^Diario/ })
    .click();
  await button('Usar este modelo').click();
  await expect
    .element(page.getByText('Detrás se pone el nombre: «Diario · Ángel CanoRobles».'))
    .toBeVisible();
  await page.getByRole('radio', { name: 'El Ebro' }).click();
  await expect.element(page.getByText('Se crearán 2 páginas dentro de «El Ebro».')).toBeVisible();
  await accessible('one for each');
  await button('Crear 2 páginas').click();
  await expect.element(page.getByText('2 páginas creadas. En los demás dispositivos')).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Diario · Ángel CanoRobles' })).toBeVisible();
  await expect.element(page.getByRole('link', { name: 'Diario · Zoé L' })).toBeVisible();
  await button('Deshacer').click();
  await expect.element(page.getByText('2 páginas están en la papelera')).toBeVisible();
  await expect.element(page.getByRole('link', { name: /^Diario/ })).not.toBeInTheDocument();

  await openEach();
  await page.getByLabelText('Título').fill('Cuaderno');
  await page.getByRole('radio', { name: 'Para algunos alumnos' }).click();
  await expect.element(page.getByText('Elige para quién.')).toBeVisible();
  await expect.element(button('Crear las páginas')).toBeDisabled();
  await page.getByRole('checkbox', { name: /Zoé/ }).click();
  await page.getByRole('radio', { name: 'La ven todos' }).click();
  await button('Crear 1 página').click();
  await page.getByRole('link', { name: 'Cuaderno · Zoé L' }).click();
  await expect.element(page.getByRole('heading', { name: 'Cuaderno · Zoé L', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Páginas' }).first().click();
  await openEach();
  await page.getByLabelText('Título').fill('Cuaderno');
  await expect.element(page.getByText('Ya hay 1 que la tiene: no se repite. Zoé L')).toBeVisible();
  await button('Crear 1 página').click();
  await expect.element(page.getByRole('link', { name: 'Cuaderno · Ángel CanoRobles' })).toBeVisible();

  // Somebody has put it into the trash by then.
  await button('Opciones de Cuaderno · Ángel CanoRobles').click();
  await page.getByRole('menuitem', { name: 'Mandar a la papelera' }).click();
  await button('Deshacer').first().click();
  await expect.element(page.getByText('No queda nada que deshacer')).toBeVisible();
});

test('[ON4, ON5] a page is copied for each class and team, inside itself if nothing else is chosen', async () => {
  await sit(marta, withClass(), at);
  await button('Opciones de El Ebro').click();
  await page.getByRole('menuitem', { name: 'Hacer una para cada cual…' }).click();
  await expect.element(page.getByLabelText('Título')).toHaveValue('El Ebro');
  await page.getByRole('radio', { name: 'Una para cada equipo o clase' }).click();
  await page.getByRole('checkbox', { name: '4.º A' }).click();
  await expect.element(page.getByText('Se creará 1 página dentro de «El Ebro».')).toBeVisible();
  await page.getByText('Ver los títulos').click();
  await expect.element(page.getByRole('listitem').filter({ hasText: 'El Ebro · 4.º A' })).toBeVisible();
  await page.getByRole('radio', { name: 'Hasta un día' }).click();
  await page.getByLabelText('Último día').fill('2036-01-01');
  await expect.element(button('Crear 1 página')).toBeDisabled();
  await page.getByRole('radio', { name: 'Hasta que alguien lo quite' }).click();
  await accessible('one for each team');
  await button('Crear 1 página').click();
  await expect.element(page.getByRole('link', { name: 'El Ebro · 4.º A' })).toBeVisible();
  await button('Opciones de El Ebro · 4.º A').click();
  await page.getByRole('menuitem', { name: 'Dar permiso' }).click();
  await expect.element(page.getByRole('dialog').getByText('4.º A', { exact: true })).toBeVisible();
});

test('[ON5] whoever is no teacher is told that teachers do this', async () => {
  await sit(zoe, withClass(), `${at}/each`);
  await expect.element(page.getByText('Esto lo hacen los docentes.')).toBeVisible();
  await expect.element(page.getByLabelText('Título')).not.toBeInTheDocument();
});

test('[ON5] where there are no pupils yet it says what comes first', async () => {
  await sit(marta, new World().found(marta, rios, 'Ríos de Europa'), `${at}/each`);
  await expect.element(page.getByText('Todavía no hay alumnado en este TwinSpace.')).toBeVisible();
  await expect.element(page.getByLabelText('Título')).not.toBeInTheDocument();
});
