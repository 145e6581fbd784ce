import { describe, expect, test } from 'vitest';
import { calledApart, namesIn, type Callable } from '#lib/domain/called-apart.ts';
import { emptySpace } from '#lib/domain/state.ts';
import { angel, marta, person, rios } from '../support/cast.ts';
import { riosDeEuropa } from '../support/world.ts';

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

  test('[MM11] are called so wherever they are named, whoever was removed among them; a classmate sees numbers, too', () => {
    const [one, other] = [
      person('Ana', 'Río', 'ana.rio.1', '', 'the first'),
      person('Ana', 'Río', 'ana.rio.2', '', 'the second')
    ];
    const world = riosDeEuropa().addPupil(one).addPupil(other);
    world.do(marta, 'member.remove', { member: one.id });
    const names = namesIn(world.state());
    expect([one, other, angel].map(({ id }) => names.get(id))).toEqual([
      'Ana Río (1)',
      'Ana Río (2)',
      'Ángel CanoRobles'
    ]);
    const seen = { ...world.state(), staff: emptySpace(rios).staff };
    expect([one, other].map(({ id }) => namesIn(seen).get(id)).sort()).toEqual([
      'Ana Río (1)',
      'Ana Río (2)'
    ]);
  });
});
