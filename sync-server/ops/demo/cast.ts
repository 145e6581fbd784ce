import type { Role } from '#lib/domain/roles.ts';

/** Somebody in the demo TwinSpace. */
export interface CastMember {
  readonly given: string;
  readonly family: string;
  readonly role: Role;
  readonly password: string;
}

/** A school with its teachers, the first of whom adds the pupils. */
export interface CastSchool {
  readonly name: string;
  /** Of the class in which all its pupils are. */
  readonly className: string;
  readonly teachers: readonly [CastMember, CastMember];
  readonly pupils: readonly CastMember[];
}

export const demoSpaceName = 'Ríos de Europa';

const spanish =
  'Ángel CanoRobles, Lucía Moreno-Gil, Hugo Peña, Zoé Navarro, Iker Etxeberria, Noa Vidal, Álvaro Núñez, Carmen Ibáñez, Mateo Sáez, Vega Ruiz, Adrián Cuesta, Inés Prieto, Leo Soler, Jimena Ortiz, Marco Lara';
const italian =
  'Angel Canorobles, Giulia Conti, Matteo Greco, Sofia Villa, Niccolò Fontana, Emma Gallo, Luca Serra, Chiara Riva, Davide Longo, Alice Neri, Tommaso Leone, Elena Costa, Pietro Bruno, Anna D’Amico, Yasmin Haddad';

/** Two schools, four teachers, thirty pupils: `npm run demo`. */
export const demoSchools: readonly [CastSchool, CastSchool] = [
  {
    name: 'CEIP Ribera del Duero',
    className: '6.º A',
    teachers: [
      { given: 'Marta', family: 'Ríos', role: 'teacher-admin', password: 'rio-duero-2026' },
      { given: 'Nuria', family: 'Lozano', role: 'teacher', password: 'rio-esla-2026' }
    ],
    pupils: pupils(spanish, 'trucha')
  },
  {
    name: 'Istituto Arno',
    className: '1B',
    teachers: [
      { given: 'Luca', family: 'Bianchi', role: 'teacher-admin', password: 'fiume-arno-2026' },
      { given: 'Paola', family: 'Ferri', role: 'teacher', password: 'fiume-po-2026' }
    ],
    pupils: pupils(italian, 'luccio')
  }
];

function pupils(names: string, word: string): readonly CastMember[] {
  return names.split(', ').map((name, index) => {
    const [given = '', family = ''] = name.split(' ');
    // Some words differ by their number only: good enough for a demonstration, as a real one would not be.
    const password = `${word}${2 + (index % 8)}rana${2 + Math.floor(index / 8)}`;
    return { given, family, role: index % 7 === 3 ? 'pupil-admin' : 'pupil', password };
  });
}
