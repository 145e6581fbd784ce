import { names } from '../support/class-names.ts';
import { thirty } from '../support/class.ts';
import { school } from '../support/school.ts';
import { allSent, openSpace, signIn, storedWhole, toMembers } from './support/steps.ts';
import { test } from './support/test.ts';

test('[G6, G3, G5, CL1, CL2, CL9, OB1] a class of thirty, typed in without a network, reaches another device', async ({
  relay,
  wired
}) => {
  const { teacher, name } = await school(relay.address, relay.setupPath, 1);
  const { device: desk, cable } = await wired();
  await signIn(desk, cable.origin, '/login', teacher.username, teacher.password);
  await openSpace(desk, name);
  await toMembers(desk);
  await storedWhole(desk);
  cable.cut();
  await desk.click({ role: 'link', name: 'Añadir / invitar miembros' });
  await desk.click({ role: 'link', name: /^Añadir una clase/ });
  await desk.fill({ field: /^Pega aquí la lista/ }, thirty);
  await desk.click({ role: 'button', name: 'Ver la lista' });
  await desk.sees({ text: '25 listos' });
  await desk.click({ role: 'button', name: 'Unir las palabras' });
  await desk.sees({ text: `${names.length - 1} listos` });
  await desk.click({ role: 'button', name: /^Es otra persona$/ });
  await desk.sees({ text: `${names.length} listos` });
  await desk.click({ role: 'button', name: new RegExp(`^Añadir ${names.length} alumnos$`) });
  await desk.sees({ text: /alumnos ya están en la lista/ });
  await desk.click({ role: 'button', name: 'Listo' });
  await desk.sees({ role: 'heading', name: 'Miembros' });

  cable.mend();
  await allSent(desk);
  const { device: other, cable: another } = await wired({ width: 390, height: 844 });
  await signIn(other, another.origin, '/login', teacher.username, teacher.password);
  await openSpace(other, name);
  await toMembers(other);
  for (const [display, username] of [
    ['Ελένη Παπαδοπούλου', 'eleni.papadopoulou.1'],
    ['İbrahim Öztürk', 'ibrahim.ozturk.1']
  ] as const) {
    await other.fill({ field: /^Buscar/ }, username);
    await other.sees({ text: display });
  }
});
