import { angel, luca, marta, type Person } from '../support/steps.ts';
import type { Device } from './support/engine.ts';
import {
  addPupil,
  allSent,
  openSpace,
  signIn,
  signOut,
  storedWhole,
  toAddMembers,
  toMembers,
  toNewPupil
} from './support/steps.ts';
import { test } from './support/test.ts';

const space = 'Ríos de Europa';

test('[G1, G2, G3, G4, G5, G6, G7, OB1, AP1] the main job: founded, the pupil of the guide, a partner, the relay stopped and back', async ({
  relay,
  wired
}) => {
  const { device: desk, cable } = await wired();
  await desk.goto(cable.origin + relay.setupPath);
  await details(desk, marta);
  await desk.click({ role: 'button', name: 'Continuar' });
  await desk.fill({ field: 'Nombre del TwinSpace' }, space);
  await desk.click({ role: 'button', name: 'Fundar' });
  await keepCode(desk);
  await desk.sees({ role: 'heading', name: 'Mis TwinSpaces' });

  // The guide's pupil: two surnames are made one, Verify says the username.
  await openSpace(desk, space);
  await toNewPupil(desk);
  await desk.fill({ field: 'Nombre' }, angel.given);
  await desk.fill({ field: /^Apellidos/ }, 'Cano Robles');
  await desk.click({ role: 'button', name: 'CanoRobles' });
  await desk.holds({ field: /^Apellidos/ }, angel.family);
  await desk.sees({ text: 'angel.canorobles.1' });
  await desk.fill({ field: 'Contraseña' }, angel.password);
  await desk.click({ role: 'button', name: 'Invitar' });
  await desk.sees({ text: /Ángel Cano Robles ya está en la lista/ });
  await allSent(desk);

  await toAddMembers(desk);
  await desk.click({ role: 'link', name: /Invitar docentes/ });
  await desk.fill({ field: /^Para quién es/ }, luca.given);
  await desk.click({ role: 'button', name: 'Crear el enlace' });
  const invitation = /\/invite#[\w-]{43}/.exec(await desk.sees({ text: /\/invite#[\w-]{43}/ }))?.[0];
  await allSent(desk);

  const partner = await wired();
  await partner.device.goto(`${partner.cable.origin}${invitation}`);
  await details(partner.device, luca);
  await partner.device.click({ role: 'button', name: 'Entrar en el TwinSpace' });
  await keepCode(partner.device);
  await partner.device.sees({ role: 'heading', name: 'Lo que puedes hacer aquí' });
  await toMembers(partner.device);
  await partner.device.sees({ text: 'Ángel Cano Robles' });

  // The relay stops: the app starts again from the tablet itself, and work goes on.
  await storedWhole(desk);
  // AP2: the first version of all is none that waits.
  await desk.misses({ text: 'Hay una versión nueva' });
  await relay.stop();
  await desk.reload();
  await toMembers(desk);
  await addPupil(desk, { given: 'Zoé', family: 'Martín', password: 'pato4nube' }, 'zoe.martin.1');
  await signOut(desk);
  await signIn(desk, cable.origin, '/pupil-login', 'zoe.martin.1', 'pato4nube');
  await desk.sees({ role: 'heading', name: space });

  await relay.start();
  await partner.device.sees({ text: 'Zoé Martín' });
  await allSent(desk);
});

/** Fills in an adult's details and password, up to the step after it. */
async function details(one: Device, { given, family, school, password }: Person): Promise<void> {
  await one.fill({ field: 'Nombre' }, given);
  await one.fill({ field: /^Apellidos/ }, family);
  await one.fill({ field: /^Centro/ }, school);
  await one.click({ role: 'button', name: 'Verificar' });
  await one.click({ role: 'button', name: 'Continuar' });
  await one.fill({ field: 'Contraseña nueva' }, password);
  await one.fill({ field: 'Repite la contraseña' }, password);
}

async function keepCode(one: Device): Promise<void> {
  await one.sees({ role: 'heading', name: 'Código de recuperación' });
  await one.click({ role: 'checkbox', name: /Lo he guardado/ });
  await one.click({ role: 'button', name: 'Continuar' });
}
