import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { groupId, marta, rios } from '../support/cast.ts';
import { names } from '../support/class-names.ts';
import { World } from '../support/world.ts';
import { accessible } from './support/accessible.ts';
import { afterLock, begunOn } from './support/begun.ts';
import { goto } from './support/kit/navigation.ts';
import { sit } from './support/seat.ts';
import { memberRow } from './support/steps.ts';
import { storedHere } from './support/stored-here.ts';

const addClass = `/space/${rios}/members/add/class`;
const thirty = ['Nombre\tApellidos', ...names.map((name) => name.join('\t'))].join('\n');

function founded(): World {
  return new World().found(marta, rios, 'Ríos de Europa');
}

/** Pastes a list and looks at what it comes to: a long one is looked at by itself. */
async function paste(list: string): Promise<void> {
  const field = page.getByLabelText('Pega aquí la lista');
  await expect.element(field).toBeVisible();
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', list);
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  if (field.element().dispatchEvent(event)) {
    await field.fill(list);
    await page.getByRole('button', { name: 'Ver la lista' }).click();
  }
  await expect.element(page.getByText(/alumnos? en la lista/).first()).toBeVisible();
}

/** Chooses a file of this name with these contents. */
async function choose(name: string, contents: BlobPart): Promise<void> {
  const chosen = new DataTransfer();
  chosen.items.add(new File([contents], name, { type: 'text/csv' }));
  await expect.poll(() => document.querySelector('input[type=file]')).not.toBeNull();
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no field for a file');
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Adds all that is ready, and waits until all of it is safe on the tablet. */
async function addAll(count: number): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Añadir ${count} alumnos?$`) }).click();
  await expect.element(page.getByText(/alumnos? ya est(á|án) en la lista/)).toBeVisible();
}

/** The cards are done with: on to the list. */
async function doneWithCards(): Promise<void> {
  await page.getByRole('button', { name: 'Listo', exact: true }).click();
  await expect.element(page.getByRole('heading', { name: 'Miembros', level: 1 })).toBeVisible();
}

test('[CL3, CL13, CL14, G2] initials instead of names: the card has the real name, the tablet has it nowhere; with a class of their own and pictures', async () => {
  const { db } = await sit(marta, founded(), addClass);
  await paste('Apellidos, Nombre\nWenceslao Robles, Ildefonsa\nPuig, Eva');
  await page.getByRole('button', { name: 'Usar iniciales, fila 1' }).click();
  await expect.element(page.getByLabelText('Se ve como, fila 1')).toHaveValue('I. WR');
  await expect.element(page.getByText('i.wr.1')).toBeVisible();
  await page.getByLabelText('Nombre de la clase').fill('6.º A');
  await expect.element(page.getByText('Se creará al añadirlos.')).toBeVisible();
  await page.getByLabelText('También con dibujos').click();
  await addAll(2);
  const card = page.getByRole('article').first();
  await expect.element(card).toMatchTextContent('Ildefonsa Wenceslao Robles');
  await expect.element(card.getByText('Dibujos, en las tabletas de clase')).toBeVisible();
  const kept = await storedHere(db);
  expect(kept).toContain('i.wr.1');
  expect(kept).not.toMatch(/Ildefonsa|Wenceslao/);
  await doneWithCards();
  await expect.element(memberRow('I. WR')).toMatchTextContent('i.wr.1');
  await expect.element(memberRow('I. WR')).toMatchTextContent('6.º A');

  // Later, for all who are there: other pictures, and cards with them.
  await page.getByRole('button', { name: 'Elegir varios' }).click();
  await page.getByRole('checkbox', { name: 'Elegir a I. WR' }).click();
  await page.getByRole('checkbox', { name: 'Elegir a Eva Puig' }).click();
  await page.getByRole('button', { name: 'Contraseña con dibujos' }).click();
  await page.getByRole('button', { name: 'Repartir dibujos' }).click();
  await expect.element(page.getByRole('article')).toHaveLength(2);
});

/** Whatever workers are asked after so many times waits until it is let go. */
function holdWorkers(after: number): () => void {
  const { postMessage } = Worker.prototype;
  const held: (() => void)[] = [];
  let asked = 0;
  Worker.prototype.postMessage = new Proxy(postMessage, {
    apply(target, worker, said) {
      const ask = (): void => Reflect.apply(target, worker, said);
      if (++asked > after) held.push(ask);
      else ask();
    }
  });
  return () => {
    Worker.prototype.postMessage = postMessage;
    for (const ask of held) ask();
  };
}

test('[CL6, CL7, CL8] stopped and gone on with; the device is full in the middle; a row is mended alone', async () => {
  await sit(marta, founded(), addClass);
  await paste([...thirty.split('\n'), 'Nadie\tÑ Ñ', 'Zoë\t=cmd()'].join('\n'));
  await page.getByRole('button', { name: 'Unir las palabras' }).click();
  await expect.element(page.getByText('1 sale más de una vez en la lista')).toBeVisible();
  await page.getByRole('button', { name: 'Es otra persona', exact: true }).click();
  // The first eight are stored, and the passwords of the others not made when it is stopped.
  const goOn = holdWorkers(8);
  await page.getByRole('button', { name: 'Añadir 31 alumnos' }).click();
  await expect.element(page.getByText('Añadiendo 8 de 31')).toBeVisible();
  await page.getByRole('button', { name: 'Parar' }).click();
  goOn();
  await expect.element(page.getByText('Parado: 8 de 31')).toBeVisible();

  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function (...of) {
    if (this.name === 'outbox') throw new DOMException('no room', 'QuotaExceededError');
    return add.apply(this, of);
  };
  try {
    await page.getByRole('button', { name: /^Seguir con/ }).click();
    await expect.element(page.getByText('No queda sitio en este dispositivo', { exact: true })).toBeVisible();
    await expect.element(page.getByText(/8 de 31/)).toBeVisible();
  } finally {
    IDBObjectStore.prototype.add = add;
  }
  await page.getByRole('button', { name: /^Seguir con/ }).click();
  await expect.element(page.getByText('31 alumnos ya están en la lista')).toBeVisible();

  // One is left, and says why.
  await page.getByRole('radio', { name: /^Por arreglar/ }).click();
  const family = page.getByLabelText('Apellidos, fila 32');
  await expect.element(family).toHaveAttribute('aria-invalid', 'true');
  await family.fill('Comando');
  await page.getByRole('button', { name: 'Añadir 1 alumno' }).click();
  await expect.element(page.getByText('32 alumnos ya están en la lista')).toBeVisible();
  await doneWithCards();
  await expect.element(page.getByText('33 miembros en la lista')).toBeInTheDocument();
});

test('[CL1, TA2, TA5] files that are no lists: each with what to do, at once', async () => {
  await sit(marta, founded(), addClass);
  const alert = page.getByRole('alert');
  await choose('libro.csv', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0));
  await expect.element(alert).toMatchTextContent('Es un libro de hoja de cálculo');
  await choose('foto.csv', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13));
  await expect.element(alert).toMatchTextContent('No es un archivo de texto');
  await choose('ancho.csv', Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(';'));
  await expect.element(alert).toMatchTextContent('más de 50 columnas');
  await choose('enorme.csv', 'Ana;García\n'.repeat(4_600_000));
  await expect.element(alert).toMatchTextContent('Es demasiado grande: caben 5 MB');
  await choose('vacio.csv', '\r\n\r\n');
  await expect.element(alert).toMatchTextContent('Aquí no hay ningún nombre');
  // As an old spreadsheet saves it: Latin-1.
  const latin = 'Nombre;Apellidos\r\nBegoña;Núñez\r\n';
  await choose(
    'bien.csv',
    Uint8Array.from(latin, (sign) => sign.charCodeAt(0))
  );
  await expect.element(page.getByLabelText('Nombre, fila 1')).toHaveValue('Begoña');
  await expect.element(page.getByLabelText('¿Se leen bien las tildes?')).toMatchTextContent('Begoña, Núñez');
});

test('[CL1, CL4, CL6] a thousand rows: seen, mended and scrolled, a few of them drawn at a time; a class of them is added', async () => {
  await sit(marta, founded(), addClass);
  const rows = Array.from({ length: 1_000 }, (_, at) => {
    const [given, family] = names[at % names.length] ?? ['', ''];
    return `${given}\t${family}`;
  });
  await paste(['Nombre\tApellidos', ...rows].join('\n'));
  await page.getByRole('button', { name: 'Unir las palabras' }).click();
  await page.getByRole('button', { name: /^Son otras personas: añadir a los 9/ }).click();
  await expect.element(page.getByText(/^1\.?000 listos$/)).toBeVisible();
  scrollTo(0, document.body.scrollHeight);
  await expect.element(page.getByLabelText('Nombre, fila 1000')).toBeVisible();
  await page.getByLabelText('Apellidos, fila 1000').fill('Última');
  await expect.element(page.getByLabelText('Se ve como, fila 1000')).toHaveValue('Łukasz Última');
  // Of a thousand rows those are drawn that are seen: this is why none of it freezes (how fast it is, the bench tells).
  expect(page.getByLabelText(/^Nombre, fila/).elements().length).toBeLessThan(100);
  scrollTo(0, 0);
  await page.getByRole('button', { name: 'Añadir 1000 alumnos' }).click();
  await expect.element(page.getByText(/^Añadiendo (2[0-9]|[3-9]\d|\d{3}) de 1000/)).toBeVisible();
  await page.getByRole('button', { name: 'Parar' }).click();
  await expect.element(page.getByText(/^Parado: \d+ de 1000$/)).toBeVisible();
  await page.getByRole('link', { name: 'TwinSpace', exact: true }).first().click();
  await expect.element(page.getByRole('dialog')).toMatchTextContent('¿Has imprimido las tarjetas?');
  await page.getByRole('button', { name: 'Salir' }).click();
  await expect.element(page.getByRole('heading', { name: 'Mis TwinSpaces', level: 1 })).toBeVisible();
});

test('[CL5, CL12, G17] importing what was exported changes nothing; whoever has the names of somebody here is asked about', async () => {
  await sit(marta, founded(), addClass);
  await paste('Nombre;Apellidos\nEva;Puig\nNoa;Vidal');
  await addAll(2);
  await doneWithCards();
  const saving = vi.spyOn(URL, 'createObjectURL');
  await page.getByRole('button', { name: 'Exportar', exact: true }).click();
  await page.getByRole('button', { name: 'Guardar el archivo' }).click();
  await expect.poll(() => saving.mock.calls.length).toBe(1);
  const [exported] = saving.mock.calls[0] ?? [];
  if (!(exported instanceof Blob)) throw new Error('nothing was exported');
  saving.mockRestore();
  await page.getByRole('link', { name: 'Añadir / invitar miembros' }).click();
  await page.getByRole('link', { name: 'Añadir una clase' }).click();
  await choose('lista.csv', exported);
  await expect.element(page.getByText('Todos están ya en este TwinSpace')).toBeVisible();
  await expect.element(page.getByText(/^Ya está aquí: /)).toHaveLength(2);
  await page.getByRole('link', { name: 'Miembros' }).first().click();

  // The list as it was pasted the first time, with somebody new; and one of them is another Noa.
  await page.getByRole('link', { name: 'Añadir / invitar miembros' }).click();
  await page.getByRole('link', { name: 'Añadir una clase' }).click();
  await paste('Nombre;Apellidos\nEva;Puig\nNoa;Vidal\nJan;Roca');
  await expect.element(page.getByText('Ya está aquí: Noa Vidal')).toBeVisible();
  await expect.element(page.getByText('2 ya están aquí')).toBeVisible();
  await page.getByRole('button', { name: 'Es otra persona, fila 2' }).click();
  await expect.element(page.getByText('noa.vidal.2')).toBeVisible();
  await addAll(2);
  await doneWithCards();
  await expect.element(page.getByText('5 miembros en la lista')).toBeInTheDocument();

  await page.getByRole('link', { name: 'Añadir / invitar miembros' }).click();
  await page.getByRole('link', { name: /^Añadir alumnos(?! existentes)/ }).click();
  await page.getByLabelText('Nombre', { exact: true }).fill('Jan');
  await page.getByLabelText('Apellidos').fill('Roca');
  await page.getByRole('button', { name: 'Verificar' }).click();
  await expect.element(page.getByText('¿Es la misma persona?')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Invitar' })).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Es otra persona' }).click();
  await expect.element(page.getByRole('button', { name: 'Invitar' })).toBeVisible();
});

test('[TA9, TA12, TA13, CL15, CL18] a list tells how it was read, asks what it does not say, and is read anew as one answers', async () => {
  await sit(marta, founded(), addClass);
  await paste('FERRER\tOLIVA\tLUZ\nSALINAS\tORO\tIKER');
  await expect.element(page.getByText('2 por arreglar').first()).toBeVisible();
  await expect.element(page.getByText('¿Qué hay en cada columna?')).toBeVisible();
  const sample = page.getByRole('table', { name: 'Los tres primeros' });
  await expect.element(sample).toMatchTextContent('FERRER OLIVA');
  const second = page.getByLabelText('Qué hay en «Columna 2»');
  await second.selectOptions('No se usa');
  await expect.element(page.getByText('No se usa: Columna 2.')).toBeVisible();
  await expect.element(sample).not.toMatchTextContent('OLIVA');
  await second.selectOptions('Segundo apellido');
  await page.getByRole('button', { name: 'Intercambiar nombre y apellidos' }).click();
  const given = page.getByLabelText('Nombre, fila 1');
  await expect.element(given).toHaveValue('FERRER OLIVA');
  await page.getByRole('button', { name: 'Intercambiar nombre y apellidos' }).click();
  await expect.element(given).toHaveValue('LUZ');
  await expect.element(page.getByText('2 por arreglar').first()).toBeVisible();
  await page.getByRole('button', { name: 'Así está bien' }).click();
  await page.getByRole('button', { name: 'Poner mayúsculas bien' }).click();
  await page.getByRole('button', { name: 'Unir las palabras' }).click();
  await expect.element(page.getByText('luz.ferreroliva.1')).toBeVisible();

  // A row that says something else than the others is answered by itself.
  await page.getByRole('button', { name: 'Otra lista' }).click();
  await paste('Relación de 2.º A\nAlumno/a\nFerrer, Luz\nGil, Iker\nAna, Rey\nSanz, Eva');
  await expect
    .element(page.getByText('Estas líneas no son de ningún alumno: «Relación de 2.º A».'))
    .toBeVisible();
  await expect.element(page.getByText('1 por arreglar').first()).toBeVisible();
  await page.getByRole('button', { name: 'El nombre es «Ana»' }).click();
  await expect.element(page.getByText('ana.rey.1')).toBeVisible();
  await addAll(4);
  await doneWithCards();
  await expect.element(memberRow('Ana Rey')).toMatchTextContent('ana.rey.1');
});

test('[CL16, CL17, GR1] groups of the list are made after asking, its passwords kept where they hold', async () => {
  const world = founded();
  world.do(marta, 'group.make', { group: groupId('6.º A'), name: '6.º A', kind: 'class' });
  await sit(marta, world, addClass);
  await paste(
    'Usuario;Contraseña;Nombre;Apellidos;Grupo\nlferrer24;abc123;Luz;Ferrer;6.ºA\nigil24;x-1;Iker;Gil;6.º B'
  );
  await expect.element(page.getByText('6.ºA (1) y 6.º B (1). Se creará 6.º B.')).toBeVisible();
  await expect.element(page.getByText(/2 usuarios no tienen la forma de aquí/)).toBeVisible();
  await page.getByRole('button', { name: 'Conservar la de la lista' }).click();
  await expect.element(page.getByText('Un alumno conserva la contraseña de la lista.')).toBeVisible();
  await expect.element(page.getByText('La de otro alumno no vale aquí: tendrá una nueva.')).toBeVisible();
  const add = page.getByRole('button', { name: 'Añadir 2 alumnos' });
  await expect.element(add).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Sí, ponerlos' }).click();
  await addAll(2);
  await expect
    .element(page.getByRole('article').filter({ hasText: 'Luz Ferrer' }))
    .toMatchTextContent('abc123');
  await doneWithCards();
  await page.getByRole('link', { name: 'Grupos' }).click();
  await expect.element(page.getByRole('article', { name: '6.º A' })).toMatchTextContent('1 miembro');
  await expect.element(page.getByRole('article', { name: '6.º B' })).toMatchTextContent('1 miembro');
});

test('[CL1, CL12, TA14] a list of which nobody is left is no list of members', async () => {
  await sit(marta, founded(), addClass);
  await paste('Clase de Marta');
  await page.getByRole('button', { name: 'No, no lo es' }).click();
  await expect.element(page.getByText('0 alumnos en la lista')).toBeVisible();
  expect(page.getByText('Todos están ya en este TwinSpace').elements()).toHaveLength(0);
});

test('[CL11, CL15, TA13] what a list asks of several is answered for all of them in one tap', async () => {
  await sit(marta, founded(), addClass);
  await paste('Nombre completo;Rol\nLuz Ferrer;X\nIker Gil;X\nNguyen Thanh Minh;X\nXab Yor Zun;X');
  await expect.element(page.getByText('La lista dice «X» de 2 personas')).toBeVisible();
  await page.getByRole('button', { name: 'El nombre es «Thanh Minh»' }).click();
  await expect.element(page.getByLabelText('Apellidos, fila 3')).toHaveValue('Nguyen');
  await page.getByRole('button', { name: 'Sí, son del alumnado' }).click();
  await expect.element(page.getByText('2 listos')).toBeVisible();

  await page.getByRole('button', { name: 'Otra lista' }).click();
  await paste('Nombre completo\nLuz Ferrer\nNguyen Thanh Minh\nXab Yor Zun');
  await expect.element(page.getByText('En 2 filas no está claro dónde acaba el nombre')).toBeVisible();
  await page.getByRole('button', { name: 'Están bien así' }).click();
  await expect.element(page.getByLabelText('Apellidos, fila 3')).toHaveValue('Yor Zun');
  await page.getByRole('button', { name: 'Unir las palabras' }).click();
  await expect.element(page.getByText('3 listos')).toBeVisible();
});

test('[CL19] a list that was begun is there again after the device has locked, without its passwords, until its pupils are added', async () => {
  const app = await sit(marta, founded(), addClass);
  const field = page.getByLabelText('Pega aquí la lista');
  const keeps = (): Promise<readonly string[]> => begunOn(app);
  const again = (): Promise<void> => afterLock(app, marta, addClass);
  await field.fill('Ana U');
  await expect.poll(keeps).toEqual(['Ana U']);
  await again();
  await expect.element(field).toHaveValue('Ana U');
  await expect.element(page.getByText('Esta lista la empezaste antes')).toBeVisible();
  await accessible('a list that was begun before');
  await field.fill('Nombre;Apellidos;Contraseña\nAna;Uno;trucha2rana\nEva;Puig;nube4barco');
  await expect.poll(keeps).toEqual(['Nombre;Apellidos\nAna;Uno\nEva;Puig']);
  await page.getByRole('button', { name: 'Ver la lista' }).click();
  await expect.element(page.getByText(/2 alumnos en la lista/).first()).toBeVisible();

  // Locked while it is looked through: it is pasted as it was.
  await again();
  await expect.element(field).toHaveValue('Nombre;Apellidos\nAna;Uno\nEva;Puig');
  await page.getByRole('button', { name: 'Ver la lista' }).click();
  await addAll(2);
  await expect.poll(keeps).toEqual([]);
  await doneWithCards();
  await goto(addClass);
  await expect.element(field).toHaveValue('');
});

test('[CL19, CL9] it goes with whoever gives it up: by another list, by an empty field, by leaving', async () => {
  const app = await sit(marta, founded(), addClass);
  const field = page.getByLabelText('Pega aquí la lista');
  const keeps = (): Promise<number> => app.db.unsent.count();
  await paste(thirty);
  await expect.poll(keeps).toBe(1);
  await page.getByRole('button', { name: 'Otra lista' }).click();
  await expect.element(field).toHaveValue('');
  await expect.poll(keeps).toBe(0);
  await field.fill('Ana Uno');
  await expect.poll(keeps).toBe(1);
  await field.fill('');
  await expect.poll(keeps).toBe(0);
  await paste('Ana Uno');
  await expect.poll(keeps).toBe(1);
  await page.getByRole('link', { name: 'Añadir / invitar miembros' }).click();
  await page.getByRole('button', { name: 'Salir', exact: true }).click();
  await expect.poll(keeps).toBe(0);
});

test('[CL19, CL3] a long list is looked at again at once; as soon as initials stand for names nothing of it is kept', async () => {
  const app = await sit(marta, founded(), addClass);
  const long = Array.from({ length: 400 }, (_, at) => `Ana\tUno${'abcdefghij'[at % 10]}${at}`);
  await paste(['Nombre\tApellidos', ...long].join('\n'));
  await expect.poll(() => app.db.unsent.count()).toBe(1);
  await afterLock(app, marta, addClass);
  await expect.element(page.getByText(/400 alumnos en la lista/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Usar iniciales, fila 1', exact: true }).click();
  await expect.poll(() => app.db.unsent.count()).toBe(0);
});
