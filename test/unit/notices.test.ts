import { describe, expect, test } from 'vitest';
import { angel, angelC, changeId, luca, marta, newAccount, today, zoe } from '../support/cast.ts';
import { riosDeEuropa, type World } from '../support/world.ts';

const id = changeId('the second Ángel');

/** Luca's pupil got another number than proposed. */
function renumbered(): World {
  const world = riosDeEuropa();
  world.do(luca, 'pupil.add', { account: newAccount(angelC), role: 'pupil' }, { id });
  return world;
}

describe('a notice', () => {
  test('[NO1] tells the teacher that a pupil got another number than proposed', () => {
    const [from, to] = ['angel.canorobles.1', 'angel.canorobles.2'];
    expect(renumbered().state().staff.notices.get(id)).toEqual({
      for: luca.id,
      on: today,
      says: { code: 'renumbered', account: angelC.id, from, to }
    });
  });

  test('[NO1] is not there where nothing had to change', () => {
    expect(riosDeEuropa().state().staff.notices.size).toBe(0);
  });

  test('[NO1] stays, whatever else happens', () => {
    const world = renumbered();
    world.do(marta, 'member.display', { member: angel.id, display: 'Á.' });
    world.do(marta, 'member.remove', { member: angelC.id });
    expect(world.state().staff.notices.has(id)).toBe(true);
  });

  test('[NO2] goes when the one whom it is for says so, and nobody else', () => {
    const world = renumbered();
    for (const who of [marta, zoe, angel]) {
      expect(world.answer(who, 'notice.dismiss', { notice: id })).toBe('notice-unknown');
    }
    world.do(luca, 'notice.dismiss', { notice: id });
    expect(world.state().staff.notices.size).toBe(0);
    expect(world.answer(luca, 'notice.dismiss', { notice: id })).toBe('notice-unknown');
  });
});
