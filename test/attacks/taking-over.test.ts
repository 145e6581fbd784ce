import { describe, expect, test } from 'vitest';
import type { AccountId, ChangeId } from '#lib/domain/ids.ts';
import { classroomTablet, pupilIn } from '../support/relay-classroom.ts';
import { freshId, freshKeyFor, invite, Tablet } from '../support/relay-tablet.ts';
import { founded } from '../support/relay-founded.ts';
import { testRelay } from '../support/relay.ts';

describe('on behalf of somebody', () => {
  const lie = (actor = freshId<AccountId>()) => ({ change: freshId<ChangeId>(), actor });

  test('[AD2] who never was here nothing is done', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const args = { member: zoe.account, text: 'Soy Zoe' };
    const how = { space: world.space, behalf: lie() };
    expect(await world.tablet.do(world.admin, 'member.profile', args, how)).toMatchObject({
      is: 'refused',
      code: 'not-adoptable'
    });
  });

  test('[AD1] nobody founds, comes with an invitation or recovers', async () => {
    const world = await founded();
    const link = await world.relay.makeRecoveryLink(world.admin.username);
    const { account } = world.admin;
    const made = await freshKeyFor(account, 'another battery horse');
    const fresh = { ...world.admin, fresh: made.fresh, signing: made.signing };
    const args = { account, key: made.key };
    const how = { space: world.space, behalf: lie(account) };
    const signed = await world.tablet.sign(fresh, 'key.recover', args, how, made.credential);
    const { body } = await world.tablet.use(link?.path.split('#')[1] ?? '', signed);
    expect(body.verdict).toMatchObject({ is: 'refused', code: 'not-adoptable' });
  });

  test('[RO7, AD2] whom only the device keeps from it is told that', async () => {
    const world = await founded();
    const zoe = await pupilIn(world, 'Zoe');
    const colleague = await invite(world);
    await colleague.tablet.signIn(world.admin);
    const args = { member: zoe.account, text: 'Soy Zoe' };
    const how = { space: world.space, behalf: lie(zoe.account) };
    expect(await colleague.tablet.do(world.admin, 'member.profile', args, how)).toMatchObject({
      code: 'device-ceiling'
    });
  });
});

describe('a change that was taken over', () => {
  /** What Zoe signed on a tablet and could not bring, and two who may take it over. */
  async function stranded() {
    const world = await founded();
    const { space, admin } = world;
    const zoe = await pupilIn(world, 'Zoe');
    const tablet = await classroomTablet(world);
    const args = { member: zoe.account, text: 'Soy Zoe' };
    const signed = await tablet.sign(zoe, 'member.profile', args, { space });
    const behalf = { change: (JSON.parse(signed.header) as { id: ChangeId }).id, actor: zoe.account };
    const partner = await invite(world, 'teacher-admin');
    const mine = () => world.tablet.sign(admin, 'member.profile', args, { space, behalf });
    const theirs = () => partner.tablet.sign(partner.person, 'member.profile', args, { space, behalf });
    return { world, tablet, signed, partner, mine, theirs };
  }
  const accepted = { is: 'accepted' };
  const done = { is: 'refused', code: 'taken-over' };

  test('[AD4, GA2] is not taken over again, by nobody; the very same change sent again is the same', async () => {
    const { world, partner, mine, theirs } = await stranded();
    const first = await mine();
    const [verdict] = await world.tablet.send(first);
    expect(verdict).toMatchObject(accepted);
    expect(await world.tablet.send(first)).toEqual([verdict]);
    expect(await world.tablet.send(await mine())).toMatchObject([done]);
    expect(await partner.tablet.send(await theirs())).toMatchObject([done]);
  });

  test('[AD4] by two at the same moment is taken over by one of them', async () => {
    const { world, partner, mine, theirs } = await stranded();
    const [one, other] = [await mine(), await theirs()];
    const verdicts = await Promise.all([world.tablet.send(one), partner.tablet.send(other)]);
    expect(
      verdicts
        .flat()
        .map((verdict) => ('code' in verdict ? verdict.code : verdict.is))
        .sort()
    ).toEqual(['accepted', 'taken-over']);
  });

  test('[AD4] stays so when the relay was started again', async () => {
    const { world, partner, mine, theirs } = await stranded();
    await world.tablet.send(await mine());
    const late = await theirs();
    await world.relay.stop();
    const again = await testRelay({ dataDir: world.folder, clock: world.clock });
    expect(await partner.tablet.at(again.relay.address).send(late)).toMatchObject([done]);
  });

  test('[AD4] is done: what its author brings after all changes nothing', async () => {
    const { world, tablet, signed, mine } = await stranded();
    await world.tablet.send(await mine());
    expect(await tablet.send(signed)).toMatchObject([done]);
  });

  test('[AD4] in vain is free for the next', async () => {
    const { world, partner, signed, mine, theirs } = await stranded();
    const pupil = await pupilIn(world, 'Noa');
    const { id } = JSON.parse(signed.header) as { id: ChangeId };
    const home = new Tablet(world.relay.address);
    await home.signIn(pupil);
    const behalf = { change: id, actor: pupil.account };
    const args = { member: pupil.account, text: 'x' };
    expect(await home.do(pupil, 'member.profile', args, { space: world.space, behalf })).toMatchObject({
      code: 'not-adoptable'
    });
    expect(await partner.tablet.send(await theirs())).toMatchObject([accepted]);
    expect(await world.tablet.send(await mine())).toMatchObject([done]);
  });
});
