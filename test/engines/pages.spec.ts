import { school } from '../support/school.ts';
import { allSent, beginWriting, openPage, openSpace, signIn, storedWhole } from './support/steps.ts';
import { test } from './support/test.ts';

const title = 'El Ebro';

test('[G15, G16, PG1, WR1, WR2, WR5, WR6, WR7] a page is written, selected, undone and read; two write it apart, and one loses the permission meanwhile', async ({
  relay,
  wired
}) => {
  const made = await school(relay.address, relay.setupPath, 2);
  const [, ana] = made.pupils;
  if (!ana) throw new Error('too few');
  await made.makePages([title]);
  const { device: desk, cable } = await wired();
  await signIn(desk, cable.origin, '/login', made.teacher.username, made.teacher.password);
  await openSpace(desk, made.name);
  await openPage(desk, title);
  await beginWriting(desk);
  await desk.types('# Plan');
  await desk.press('Enter');
  await desk.types('Nace en Fontibre');
  await desk.press('Shift+Home');
  await desk.press('Control+b');
  await desk.becomes(() => document.querySelector('[role=textbox] strong') !== null);
  await desk.press('Control+z');
  await desk.becomes(() => document.querySelector('[role=textbox] strong') === null);
  await desk.click({ role: 'button', name: 'Hecho' });
  await desk.sees({ role: 'heading', name: 'Plan' });
  await desk.sees({ text: 'Nace en Fontibre' });
  await allSent(desk);

  const { device: own, cable: wire } = await wired({ width: 820, height: 1180 });
  await signIn(own, wire.origin, '/login', ana.username, ana.password);
  await openSpace(own, made.name);
  await openPage(own, title);
  await own.sees({ text: 'Nace en Fontibre' });
  await storedWhole(own);
  wire.cut();
  await beginWriting(own);
  await own.press('Enter');
  await own.types('Pasa por Miranda');
  await own.sees({ text: 'Guardado en este dispositivo' });
  await beginWriting(desk);
  await desk.press('Enter');
  await desk.types('Llega al mar');
  await desk.sees({ text: 'Guardado en este dispositivo' });
  wire.mend();
  // Each sees the other's words while they write, and who it is.
  await own.sees({ text: /^Llega al mar/ });
  await desk.sees({ text: /^Pasa por Miranda/ });
  await own.types(', y por Tudela');
  await desk.sees({ text: /^Pasa por Miranda, y por Tudela/ });
  await desk.sees({ text: `Ahora escribe aquí: ${ana.display}` });
  await desk.click({ role: 'button', name: 'Hecho' });
  await allSent(own);

  wire.cut();
  await own.press('Enter');
  await own.types('Esto ya no');
  await desk.click({ role: 'button', name: `Opciones de ${title}` });
  await desk.click({ role: 'menuitem', name: 'Dar permiso' });
  await desk.click({ role: 'button', name: 'Quitar el permiso: Todo el alumnado' });
  await desk.misses({ role: 'button', name: 'Quitar el permiso: Todo el alumnado' });
  await desk.click({ role: 'button', name: 'Cerrar' });
  await allSent(desk);
  wire.mend();
  await own.sees({ text: /hace falta permiso/ });
  await own.misses({ text: 'Esto ya no' });
  await own.sees({ text: 'Pasa por Miranda, y por Tudela' });
  await own.click({ role: 'link', name: /Bandeja$/ });
  await own.sees({ text: /Esto ya no/ });
});
