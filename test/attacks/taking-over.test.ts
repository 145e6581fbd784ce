import { describe, expect, test } from 'vitest';
import type { AccountId, ChangeId } from '#lib/domain/ids.ts';
import { pupilIn } from '../support/relay-classroom.ts';
import { freshId, freshKeyFor, invite } from '../support/relay-tablet.ts';
import { founded } from '../support/relay-founded.ts';

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
