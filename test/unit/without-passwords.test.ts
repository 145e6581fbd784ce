import { expect, test } from 'vitest';
import { readDelimited } from '#lib/tables/read-table.ts';
import { readList } from '#lib/tables/reading.ts';
import { withoutPasswords } from '#lib/tables/without-passwords.ts';

test.each([
  ['half a name', 'Ana U'],
  ['names alone', 'Ana Uno\nEva Puig'],
  ['names in columns', 'Nombre\tApellidos\nAna\tUno'],
  ['names with a comma', 'Uno, Ana\nPuig, Eva'],
  ['nothing', '']
])('[CL19] a list without passwords stays as it was typed: %s', (_, text) => {
  expect(withoutPasswords(text)).toBe(text);
});

test('[CL19] of a list with passwords all but these is left, and read as before', () => {
  const rows = [
    'Usuario;Nombre;Contraseña;Grupo',
    'ana.uno.1;"Uno; Ana ""Anita""";trucha2rana;6.º A',
    'eva.puig.1;Eva;nube4;'
  ];
  const left = withoutPasswords(rows.join('\r\n'));
  expect(left).toBe('Usuario;Nombre;Grupo\nana.uno.1;"Uno; Ana ""Anita""";6.º A\neva.puig.1;Eva;');
  const table = readDelimited(left);
  if ('unreadable' in table) throw new Error('unreadable');
  expect(readList(table).people.map(({ username, group }) => [username, group])).toEqual([
    ['ana.uno.1', '6.º A'],
    ['eva.puig.1', '']
  ]);
});

test('[CL19] two columns of passwords go, and what cannot be read is not kept', () => {
  expect(withoutPasswords('Nombre\tContraseña\tClave\nAna\tuno1\tdos2')).not.toMatch(/uno1|dos2/);
  expect(withoutPasswords(`Ana\t${'x'.repeat(600)}`)).toBe('');
});
