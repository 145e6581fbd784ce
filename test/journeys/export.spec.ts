import { readFile } from 'node:fs/promises';
import { begin, enter } from '../support/begin.ts';
import { expect, test } from '../support/journey.ts';
import { angel, addPupil, allSent, luca, marta, openMembers } from '../support/steps.ts';

const space = 'Ríos de Europa';

test('[G17, EX1, EX2] an administrator exports whom she invited, without a network, and not a byte of a credential', async ({
  relay,
  tablet
}) => {
  const desk = await tablet();
  const { page } = desk;
  await begin(desk, relay, space, { teachers: [luca] });
  const other = await tablet();
  await enter(other, 'luca.bianchi.1', luca.password, space);
  await addPupil(other.page, { given: 'Giulia', family: 'Neri', password: 'gatto4luna' });
  await allSent(other.page);
  await addPupil(page, angel);
  await allSent(page);
  await openMembers(page);
  await expect(page.getByText('4 miembros en la lista')).toBeAttached();
  await desk.cut();

  const save = async (whom: RegExp): Promise<{ name: string; bytes: Buffer }> => {
    await page.getByRole('button', { name: 'Exportar', exact: true }).click();
    await page.getByRole('radio', { name: whom }).check();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Guardar el archivo' }).click();
    const download = await saving;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const mine = await save(/que invitaste tú/);
  expect(mine.name).toMatch(/^Ríos de Europa - alumnos - \d{4}-\d{2}-\d{2}\.csv$/);
  const text = mine.bytes.toString('utf8');
  expect(text.startsWith('\ufeffUsuario;Nombre;Apellidos;')).toBe(true);
  expect(text).toContain('\r\nangel.canorobles.1;Ángel;CanoRobles;Ángel CanoRobles;Alumno;');
  expect(text).not.toContain('giulia.neri.1');
  const all = await save(/Todo el alumnado/);
  expect(all.bytes.toString('utf8')).toContain('giulia.neri.1');

  // Every value of every credential that this tablet holds or sent.
  const secrets = await page.evaluate(credentialValues);
  secrets.push('tigre7luna', 'gatto4luna', marta.password);
  expect(secrets.length).toBeGreaterThan(10);
  for (const { bytes } of [mine, all]) {
    expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([]);
  }
});

/** Every value in the credentials of this tablet, and in the account ids and keys of its people. */
async function credentialValues(): Promise<string[]> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('twinspace');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error('not opened'));
  });
  const rows = await new Promise<Record<string, unknown>[]>((resolve, reject) => {
    const all = db.transaction('keys').objectStore('keys').getAll();
    all.onsuccess = () => resolve(all.result as Record<string, unknown>[]);
    all.onerror = () => reject(new Error('not read'));
  });
  db.close();
  return rows.flatMap((row) =>
    ['account', 'key', 'publicKey', 'salt', 'iv', 'sealed'].map((name) => String(row[name]))
  );
}
