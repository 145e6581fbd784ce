import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { angel, luca, marta, rios, zoe } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';
import { sit } from './support/seat.ts';
import { focus, fromMenu, toPlace } from './support/steps.ts';

const space = `/space/${rios}`;

test('[LO8] without a network the log of activity says so', async () => {
  await sit(marta, riosDeEuropa(), space);
  await page.getByRole('link', { name: 'Registro de actividad' }).click();
  await expect.element(page.getByText('Sin conexión no se ve el registro')).toBeVisible();
});

test('[LO4] for a teacher the log is greyed, with the names of those who read it', async () => {
  await sit(luca, riosDeEuropa(), space);
  const greyed = page.getByRole('button', { name: 'Registro de actividad' });
  await expect.element(greyed).toHaveAttribute('aria-disabled', 'true');
  await focus(greyed);
  await expect.element(page.getByText(/Quién puede: Marta Ríos/).first()).toBeVisible();
});

test('[LO4] at its address a teacher is told for whom the log is', async () => {
  await sit(luca, riosDeEuropa(), `${space}/activity`);
  await expect.element(page.getByText('El registro es para quien administra este TwinSpace')).toBeVisible();
});

test('[AP12, G6] without a network a teacher asks how, by words of their own, and is taken there', async () => {
  await sit(marta, riosDeEuropa(), `${space}/members`);
  await page.getByRole('link', { name: '¿Cómo…?' }).click();
  await expect.element(page.getByRole('heading', { name: '¿Cómo…?', level: 1 })).toBeVisible();
  // By hand.
  await page.getByText('Dar una contraseña nueva').click();
  await expect.element(page.getByText('Di si no se acuerda')).toBeVisible();
  // By a word, without its accent.
  const search = page.getByRole('searchbox', { name: /^Buscar/ });
  await search.fill('jirafa');
  await expect.element(page.getByText('De eso no hay nada aquí')).toBeVisible();
  await search.fill('hoja de calculo');
  await expect.element(page.getByText('Mira qué se ha leído de cada columna')).toBeVisible();
  await expect.element(page.getByText('Dar una contraseña nueva')).not.toBeInTheDocument();
  await page.getByRole('link', { name: 'Llévame' }).click();
  await expect.element(page.getByRole('heading', { name: 'Añadir una clase', level: 1 })).toBeVisible();
});

test('[ME9, G9] an adult writes how they can be reached', async () => {
  await sit(marta, riosDeEuropa(), `${space}/members`);
  const card = await fromMenu('Marta Ríos', 'Contacto');
  await card.getByRole('button', { name: 'Escribir cómo contactar contigo' }).click();
  await card.getByLabelText('Cómo contactar contigo').fill('en la sala de profesores');
  await card.getByRole('button', { name: 'Guardar' }).click();
  await expect.element(card).toMatchTextContent('en la sala de profesores');
});

test('[ME9, ME10, AP11, G9] a child reads how an adult can be reached, and tells of themselves', async () => {
  const world = riosDeEuropa();
  world.do(marta, 'member.contact', { contact: 'en la sala de profesores' });
  await sit(angel, world, `${space}/members`);
  await page.getByRole('button', { name: 'Opciones de Marta Ríos' }).click();
  // A child finds the card alone, and only of teachers.
  await expect.element(page.getByRole('menuitem')).toHaveLength(1);
  await page.getByRole('menuitem', { name: 'Contacto' }).click();
  const card = page.getByRole('dialog');
  await expect.element(card).toMatchTextContent('en la sala de profesores');
  await expect.element(card).not.toMatchTextContent('marta.rios.1');
  await card.getByRole('button', { name: 'Cerrar' }).click();

  await toPlace('TwinSpace');
  await expect.element(page.getByText('¡Hola, Ángel CanoRobles!')).toBeVisible();
  await expect
    .element(page.getByRole('heading', { name: 'Lo que puedes hacer aquí' }))
    .not.toBeInTheDocument();
  await page.getByRole('link', { name: /^Sobre mí/ }).click();
  await page.getByRole('textbox', { name: 'Cuenta algo de ti' }).fill('Me gusta el río');
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect.element(page.getByText('Guardado').first()).toBeVisible();
});

test('[ME10] a classmate reads what a child tells of themselves', async () => {
  const world = riosDeEuropa();
  world.do(angel, 'member.profile', { member: angel.id, text: 'Me gusta el río' });
  await sit(zoe, world, space);
  await page.getByRole('link', { name: /^Compañeros y docentes/ }).click();
  const dialog = await fromMenu('Ángel CanoRobles', 'Lo que cuenta');
  await expect.element(dialog).toMatchTextContent('Me gusta el río');
});

test.each([
  ['an administrator', marta],
  ['a child', zoe]
])('[MM11] %s tells two of one name apart where it is seen who is here', async (_, who) => {
  const world = riosDeEuropa();
  world.do(marta, 'member.display', { member: luca.id, display: 'Ángel CanoRobles' });
  world.do(marta, 'member.display', { member: angel.id, display: 'Ángel CanoRobles' });
  await sit(who, world, space);
  const here = page.getByRole('listitem');
  await expect.element(here.filter({ hasText: 'Ángel CanoRobles (1)' })).toBeVisible();
  await expect.element(here.filter({ hasText: 'Ángel CanoRobles (2)' })).toBeVisible();
});
