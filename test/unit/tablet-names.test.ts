import { describe, expect, test } from 'vitest';
import { freeTabletName, nextTabletNumber } from '#lib/domain/tablet-names.ts';

describe('what a tablet is called', () => {
  test.each([
    [[], 1],
    [['Tableta 1', 'Tableta 2'], 3],
    [['Tableta 1', 'Carro 3', 'la de Marta'], 2],
    [['Tableta 02', 'Tableta1'], 3],
    [['Sala 2026123456'], 1]
  ])('[TB17] beside %j the next one is number %i', (names, number) =>
    expect(nextTabletNumber(names)).toBe(number)
  );

  test.each([
    ['Tableta 3', ['Tableta 1', 'Tableta 2'], 'Tableta 3'],
    ['Tableta 2', ['Tableta 1', 'Tableta 2'], 'Tableta 3'],
    ['tableta2', ['Tableta 2', 'tableta 3'], 'tableta 4'],
    ['La azul', ['La azul'], 'La azul 2'],
    ['7', ['7', '8'], '9'],
    ['x'.repeat(80), ['x'.repeat(80)], 'x'.repeat(80)]
  ])('[TB17] %j beside %j is called %j', (name, names, called) =>
    expect(freeTabletName(name, names)).toBe(called)
  );
});
