/** What a column may be of. */
export type Field =
  'given' | 'family' | 'family2' | 'name' | 'name-family-first' | 'username' | 'display' | 'role' | 'group';

/** What stands in which column; undefined: something that is not needed here. */
export interface Columns {
  readonly header: boolean;
  readonly fields: readonly (Field | undefined)[];
}

/** What the columns of lists of pupils are called, folded: Spanish and English, schools' own programs included. */
const names: Readonly<Record<Field, readonly string[]>> = {
  given: [
    ...['nombre', 'nombres', 'nombre de pila', 'nombre propio', 'given name', 'given names', 'given'],
    ...['first name', 'firstname', 'forename', 'name']
  ],
  family: [
    ...['apellidos', 'apellido', 'primer apellido', 'primero apellido', 'apellido primero', 'apellido 1'],
    ...['apellido1', '1er apellido', '1o apellido', '1 apellido', 'apellido paterno', 'paterno'],
    ...['family name', 'family', 'last name', 'lastname', 'surname', 'surnames']
  ],
  family2: [
    ...['segundo apellido', 'apellido segundo', 'apellido 2', 'apellido2', '2do apellido', '2o apellido'],
    ...['2 apellido', 'apellido materno', 'materno', 'second surname', '2nd surname']
  ],
  name: [
    ...['nombre completo', 'nombre y apellidos', 'nombre y apellido', 'full name', 'fullname'],
    ...['given and family name', 'first and last name']
  ],
  'name-family-first': [
    ...['apellidos y nombre', 'apellidos nombre', 'apellido y nombre', 'alumno', 'alumna', 'alumnos'],
    ...['alumno a', 'alumnado', 'estudiante', 'estudiantes', 'pupil', 'pupils', 'student', 'students'],
    ...['surname and name', 'last name first name', 'family name given name', 'surname forename']
  ],
  username: ['usuario', 'nombre de usuario', 'username', 'user name', 'user', 'login'],
  display: [
    'se ve',
    'se ve como',
    'nombre que se ve',
    'nombre visible',
    'alias',
    'display',
    'display name',
    'shown as'
  ],
  role: ['funcion', 'rol', 'papel', 'role', 'function'],
  group: ['grupo', 'grupos', 'clase', 'curso', 'unidad', 'equipo', 'group', 'groups', 'class', 'team']
};

const fieldOf = new Map(
  Object.entries(names).flatMap(([field, all]) => all.map((name) => [name, field as Field] as const))
);

/**
 * TA9: what stands in the columns: as the header says, if the first row is one; else by how many there are: one column
 * holds whole names, two hold given and family name.
 */
export function columnsOf(rows: readonly (readonly string[])[]): Columns {
  const first = rows[0] ?? [];
  const found = first.map((cell) => fieldOf.get(folded(cell)));
  const named = found.filter((field) => field !== undefined).length;
  const filled = first.filter((cell) => cell !== '').length;
  if (named > 1 || (named === 1 && filled === 1)) return { header: true, fields: settled(unique(found)) };
  const width = Math.max(0, ...rows.map((row) => row.length));
  return { header: false, fields: width <= 1 ? ['name'] : ['given', 'family'] };
}

/** The first column of a kind counts; a second one is left alone. */
function unique(fields: readonly (Field | undefined)[]): readonly (Field | undefined)[] {
  return fields.map((field, at) => (fields.indexOf(field) === at ? field : undefined));
}

/** "Nombre" alone, without a column for family names, is the whole name. */
function settled(fields: readonly (Field | undefined)[]): readonly (Field | undefined)[] {
  if (fields.includes('family') || !fields.includes('given')) return fields;
  return fields.map((field) => (field === 'given' ? 'name' : field));
}

/** The words of a cell: small, without marks, one space between them. */
export function folded(cell: string): string {
  const plain = cell.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
