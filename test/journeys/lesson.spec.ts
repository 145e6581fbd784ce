import { expect, test, type Tablet } from '../support/journey.ts';
import { logOf } from '../support/relay-log.ts';
import { school, type Known } from '../support/school.ts';
import { allSent } from '../support/steps.ts';
import { rowsOf, storedMembers, unsent } from '../support/tablet-rows.ts';
import {
  enrol,
  finish,
  openClass,
  openProfile,
  takeTurn,
  teacherIn,
  tellOfOneself
} from '../support/tablet-steps.ts';

/** Numbers that look random and are the same each time (mulberry32): a lesson that failed can be given again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('[G7, G8, OB2, LK1] a lesson of 25 children on three tablets without a network: every change arrives once, under its author', async ({
  relay,
  tablet
}) => {
  test.setTimeout(400_000);
  const chance = seeded(25);
  const made = await school(`http://127.0.0.1:${relay.port}`, relay.setupPath, 25);
  const desk = await tablet();
  const cart = [await tablet(), await tablet(), await tablet()];
  const teacher = await teacherIn(desk, made);
  await enrol(teacher, made, cart);
  for (const { page } of cart) await openClass(page, made);
  for (const one of cart) await one.cut();

  // Who sits at which tablet, in which order, and what they do there: some write, some only begin to.
  const turns = made.pupils.map((child) => ({
    child,
    at: Math.floor(chance() * cart.length),
    begins: chance() < 0.2
  }));
  for (let at = turns.length - 1; at > 0; at--) {
    const other = Math.floor(chance() * (at + 1));
    const [one, two] = [turns[at], turns[other]];
    if (one && two) [turns[at], turns[other]] = [two, one];
  }
  const text = (child: Known): string => `Soy ${child.display} y me gusta el río`;
  const lesson = async (one: Tablet, at: number): Promise<void> => {
    for (const turn of turns.filter((some) => some.at === at)) {
      await takeTurn(one.page, turn.child);
      if (turn.begins) await (await openProfile(one.page)).fill(text(turn.child));
      else await tellOfOneself(one.page, text(turn.child));
      await finish(one.page);
    }
  };
  await Promise.all(cart.map((one, at) => lesson(one, at)));

  // The bell: nobody is signed in when the network comes back.
  const waiting = await Promise.all(cart.map(({ page }) => unsent(page)));
  expect(waiting.every((count) => count > 0)).toBe(true);
  for (const one of cart) await one.mend();
  for (const { page } of cart) await expect.poll(() => unsent(page), { timeout: 60_000 }).toBe(0);

  // Every tablet ends in the same state, whoever looks at it first.
  const [some] = turns;
  if (!some) throw new Error('nobody was there');
  for (const { page } of cart) {
    await takeTurn(page, some.child);
    await allSent(page);
    await expect
      .poll(() => storedMembers(page), { timeout: 20_000 })
      .toMatchObject({
        members: Object.fromEntries(
          turns
            .filter(({ begins }) => !begins)
            .map(({ child }) => [child.account, expect.objectContaining({ profile: text(child) })])
        )
      });
    await finish(page);
  }
  const [first, ...others] = await Promise.all(cart.map(({ page }) => storedMembers(page)));
  for (const other of others) expect(other).toEqual(first);

  await relay.stop();
  const log = logOf(relay);
  expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
  for (const { child, begins } of turns) {
    const own = log.filter(({ actor, name }) => actor === child.account && name !== 'access.record');
    const wrote = begins
      ? { name: 'draft.keep', args: { place: 'profile', text: text(child) } }
      : { name: 'member.profile', args: { member: child.account, text: text(child) } };
    expect(own, child.display).toEqual([expect.objectContaining(wrote)]);
    const came = log.filter(({ actor, name }) => actor === child.account && name === 'access.record');
    expect(came.length, child.display).toBeGreaterThan(0);
  }
  for (const { page } of cart) expect(await rowsOf(page, 'tray')).toEqual([]);
});
