import { describe, expect, test } from 'vitest';
import { adultPasswordProblems, childPassword, pupilPasswordProblems } from '#lib/domain/passwords.ts';
import type { Refusal } from '#lib/domain/refusals.ts';

function codes(problems: readonly Refusal[]): readonly string[] {
  return problems.map(({ refused, detail }) => [refused, ...Object.values(detail ?? {})].join(' '));
}

describe("a pupil's password", () => {
  test.each(['abcdef', 'ABC123', '000000', 'Gato7luna3', 'a'.repeat(64)])(
    '[PW1] %s is one (G5)',
    (password) => expect(pupilPasswordProblems(password)).toEqual([])
  );

  test('[PW1] 6 to 64 signs (G5)', () => {
    const short = [{ refused: 'password-short', detail: { shortest: '6' } }];
    expect(pupilPasswordProblems('')).toEqual(short);
    expect(pupilPasswordProblems('abcde')).toEqual(short);
    const long = [{ refused: 'password-long', detail: { longest: '64' } }];
    expect(pupilPasswordProblems('a'.repeat(65))).toEqual(long);
  });

  test.each([
    ...['gato.luna', 'gato-luna', 'gató12', 'gato luna', 'gatoñ1', 'gato_1', 'gato🐱1', 'gato１１', 'кот123'],
    ...['gato1\n', 'gato1\u200b']
  ])('[PW1] "%s" has a sign that is refused (G5)', (password) =>
    expect(pupilPasswordProblems(password)[0]?.refused).toBe('password-sign')
  );

  test('[PW2] each refused sign once, before the length (G5)', () => {
    expect(codes(pupilPasswordProblems('a.-.'))).toEqual([
      'password-sign .',
      'password-sign -',
      'password-short 6'
    ]);
    expect(codes(pupilPasswordProblems('gato🐱🐱1'))).toEqual(['password-sign 🐱']);
  });
});

describe("an adult's password", () => {
  test('[PW3] any signs, 10 to 64 of them, counted as people do (G5)', () => {
    for (const password of [
      '¡Olé! .-_ñ',
      'пароль пароль',
      ' '.repeat(10),
      '🐱'.repeat(10),
      '🐱'.repeat(64)
    ]) {
      expect(adultPasswordProblems(password)).toEqual([]);
    }
    expect(codes(adultPasswordProblems('123456789'))).toEqual(['password-short 10']);
    expect(codes(adultPasswordProblems('🐱'.repeat(9)))).toEqual(['password-short 10']);
    expect(codes(adultPasswordProblems('a'.repeat(65)))).toEqual(['password-long 64']);
  });
});

describe('the generator', () => {
  test('[PW4] word, digit, word, digit, each picked anew (G5)', () => {
    const picks = [1, 0, 0, 7];
    const bounds: number[] = [];
    const pick = (below: number): number => {
      bounds.push(below);
      return picks.shift() ?? 0;
    };
    expect(childPassword(['gato', 'luna', 'rio'], pick)).toBe('luna2gato9');
    expect(bounds).toEqual([3, 8, 3, 8]);
  });

  test('[PW4] no 0 and no 1, whatever chance says, and always a password of a pupil (G5)', () => {
    for (let chance = 0; chance < 8; chance++) {
      const password = childPassword(['gato', 'luna'], (below) => chance % below);
      expect(password).toMatch(/^(gato|luna)[2-9](gato|luna)[2-9]$/);
      expect(pupilPasswordProblems(password)).toEqual([]);
    }
  });
});
