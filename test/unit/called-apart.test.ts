import { describe, expect, test } from 'vitest';
import { calledApart, type Callable } from '#lib/ui/names/called-apart.ts';

const called = (people: readonly Callable[]): readonly string[] => {
  const names = calledApart(people);
  return people.map(({ account }) => names.get(account) ?? '');
};

describe('two people of one name', () => {
  test('[MM11] have the number of their usernames beside it; everybody else has none', () => {
    expect(
      called([
        { account: 'a', display: 'Ana Río', username: 'ana.rio.1' },
        { account: 'b', display: 'Eva Puig', username: 'eva.puig.3' },
        { account: 'c', display: 'ana  río', username: 'ana.rio.12' }
      ])
    ).toEqual(['Ana Río (1)', 'Eva Puig', 'ana  río (12)']);
  });

  test.each([
    ['are alike', 'ana.rio.1', 'ana.roca.1'],
    ['are not to be seen', undefined, undefined],
    ['are to be seen of one only', 'ana.rio.2', undefined]
  ])(
    '[MM11] where the numbers %s they are counted, in the same way in whatever order they come',
    (_, one, two) => {
      const first = { account: 'a', display: 'Ana', ...(one ? { username: one } : {}) };
      const second = { account: 'b', display: 'Ana', ...(two ? { username: two } : {}) };
      expect(called([first, second])).toEqual(['Ana (1)', 'Ana (2)']);
      expect(called([second, first])).toEqual(['Ana (2)', 'Ana (1)']);
    }
  );
});
