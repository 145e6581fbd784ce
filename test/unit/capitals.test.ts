import { describe, expect, test } from 'vitest';
import { isShouted, withCapitals } from '#lib/tables/capitals.ts';

describe('names in capitals, or small', () => {
  test.each([
    ['MARÍA JOSÉ', 'María José'],
    ['DE LA TORRE RUIZ', 'de la Torre Ruiz'],
    ["D'ORS", "D'Ors"],
    ['VAN DER BERG', 'van der Berg'],
    ["O'BRIEN", "O'Brien"],
    ["'T HOOFT", "'t Hooft"],
    ['MCDONALD', 'McDonald'],
    ['CANO-ROBLES', 'Cano-Robles'],
    ['ORTEGA Y GASSET', 'Ortega y Gasset'],
    ['COSTA E SILVA', 'Costa e Silva'],
    ['ANA O', 'Ana O'],
    ['E. COSTA', 'E. Costa'],
    ['O BRIEN', 'O Brien'],
    ['ferrer oliva', 'Ferrer Oliva'],
    ['ΧΑΤΖΗΣ', 'Χατζης'],
    ['ИВАНОВ', 'Иванов']
  ])('[TA18] %s', (name, right) => {
    expect(isShouted(name)).toBe(true);
    expect(withCapitals(name)).toBe(right);
  });

  test('[TA18] the two kinds of i where they differ', () => {
    expect(withCapitals('IŞIL İPEK', 'tr')).toBe('Işıl İpek');
  });

  test.each(['McDonald', 'Ángel', 'de la Cruz', 'L', 'ნინო', 'ᲜᲘᲜᲝ', '李', 'محمد'])(
    '[TA18] %s stays',
    (name) => {
      expect(isShouted(name)).toBe(false);
      expect(withCapitals(name)).toBe(name);
    }
  );
});
