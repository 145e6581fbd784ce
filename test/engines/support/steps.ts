import type { PupilOf } from '../../support/begin.ts';
import type { Device } from './engine.ts';

/** What people do, through the screens, in any engine. Each step ends when the screen says that it is done. */

export async function signIn(
  one: Device,
  origin: string,
  door: '/login' | '/pupil-login',
  username: string,
  password: string
): Promise<void> {
  if (!(await one.url()).includes(door)) await one.goto(origin + door);
  const seen = await one.sees({ text: /^Escribir mi usuario$|^Usuario$/ });
  if (seen.includes('Escribir')) await one.click({ role: 'button', name: 'Escribir mi usuario' });
  await one.fill({ field: 'Usuario' }, username);
  await one.fill({ field: 'Contraseña' }, password);
  await one.click({ role: 'button', name: 'Entrar' });
}

export async function signOut(one: Device): Promise<void> {
  await one.click({ role: 'button', name: 'Cambiar de persona' });
  await one.sees({ role: 'heading', name: /¡Hola!|Entrada de docentes/ });
}

/** From the list of one's own TwinSpaces. */
export async function openSpace(one: Device, name: string): Promise<void> {
  await one.click({ role: 'link', name: new RegExp(name) });
  await one.sees({ role: 'heading', name });
}

export async function toMembers(one: Device): Promise<void> {
  await one.click({ role: 'link', name: /^Miembros/ });
  await one.sees({ role: 'heading', name: /^Miembros/ });
}

/** The list that is left has a door of the same name, so this screen is waited for. */
export async function toAddMembers(one: Device): Promise<void> {
  await toMembers(one);
  await one.click({ role: 'link', name: 'Añadir / invitar miembros' });
  await one.sees({ role: 'heading', name: 'Añadir / invitar miembros' });
}

export async function toNewPupil(one: Device): Promise<void> {
  await toAddMembers(one);
  await one.click({ role: 'link', name: /^Añadir alumnos(?! existentes)/ });
  await one.sees({ role: 'heading', name: 'Añadir alumno nuevo' });
}

/** @param username that Verify proposes */
export async function addPupil(one: Device, pupil: PupilOf, username: string): Promise<void> {
  await toNewPupil(one);
  await one.fill({ field: 'Nombre' }, pupil.given);
  await one.fill({ field: /^Apellidos/ }, pupil.family);
  await one.click({ role: 'button', name: 'Verificar' });
  await one.sees({ text: username });
  await one.fill({ field: 'Contraseña' }, pupil.password);
  await one.click({ role: 'button', name: 'Invitar' });
  await one.sees({ text: new RegExp(`${pupil.given} ${pupil.family} ya está en la lista`) });
}

/** Everything that was done here has reached the relay, and come back. */
export async function allSent(one: Device): Promise<void> {
  await one.sees({ text: /Todo enviado/ });
}

/** The app is stored whole: it starts without a network. */
export async function storedWhole(one: Device): Promise<void> {
  await one.becomes(() => navigator.serviceWorker.controller?.state === 'activated');
}

/** Opens a page of the TwinSpace that is open, to be read. */
export async function openPage(one: Device, title: string): Promise<void> {
  await one.click({ role: 'link', name: /^Páginas/ });
  await one.sees({ role: 'heading', name: 'Páginas' });
  await one.click({ role: 'link', name: new RegExp(title) });
  await one.sees({ role: 'heading', name: title });
}

/** Begins to write in the open page, at its end. */
export async function beginWriting(one: Device): Promise<void> {
  await one.click({ role: 'button', name: 'Escribir' });
  await one.becomes(() => document.activeElement?.getAttribute('role') === 'textbox');
}
