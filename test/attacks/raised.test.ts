import { describe, expect, test } from 'vitest';
import { founded } from '../support/relay-founded.ts';
import { ownLink, raise, useOwnLink } from '../support/relay-raised.ts';
import { addPupil, freshKeyFor, invite, Tablet } from '../support/relay-tablet.ts';

describe('a teacher through a pupil of theirs who was raised', () => {
  /** Luca made Zoe's account, and so knows her password. */
  async function raised() {
    const world = await founded();
    const luca = await invite(world);
    const { pupil: zoe } = await addPupil(
      { ...world, admin: luca.person, tablet: luca.tablet },
      'Zoe',
      'Mar'
    );
    await raise(world, zoe, 'teacher-admin');
    return { world, luca, zoe, space: world.space };
  }

  test('[AC7, RO6] cannot choose her own password with the one that he gave her, nor act with it', async () => {
    const { world, luca, zoe, space } = await raised();
    const as = new Tablet(world.relay.address);
    await as.signIn(zoe);
    const next = await freshKeyFor(zoe.account, 'chosen by the teacher');
    for (const reason of ['own', 'someone-knows', 'forgotten'] as const) {
      const args = { account: zoe.account, key: next.key, reason };
      expect(await as.do(zoe, 'key.set', args, { space }, next.credential)).toMatchObject({
        code: 'own-password-link'
      });
    }
    const role = { member: luca.person.account, role: 'teacher-admin' } as const;
    expect(await as.do(zoe, 'member.role', role, { space })).toMatchObject({ code: 'own-password-first' });
    const { verdict } = await ownLink({ space, admin: luca.person, tablet: luca.tablet }, zoe.account);
    expect(verdict).toMatchObject({ code: 'only-administrators' });
    // Nor with a recovery link's form and no link, or by giving her another password first.
    const without = await useOwnLink(new Tablet(world.relay.address), space, zoe, 'A'.repeat(43));
    expect(without.verdict).toMatchObject({ code: 'secret-wrong' });
    expect(await world.relay.makeRecoveryLink(zoe.username)).toBeUndefined();
  });

  test('[AC7, AC10, LI9, SI12] she does with the link; he is cut off, and nobody sets her password any more', async () => {
    const { world, luca, zoe, space } = await raised();
    const his = new Tablet(world.relay.address);
    await his.signIn(zoe);
    const { secret } = await ownLink(world, zoe.account);
    const home = new Tablet(world.relay.address);
    expect((await home.ask('POST', '/api/links/look', { secret })).body).toMatchObject({
      is: 'recovery',
      account: zoe.account,
      username: zoe.username,
      raised: true,
      space
    });
    const { person, verdict } = await useOwnLink(home, space, zoe, secret);
    expect(verdict.is).toBe('accepted');
    expect((await home.report()).body.rooms).toContain(`staff/${space}@1`);
    expect((await his.report()).body.rooms).toEqual([]);
    expect((await luca.tablet.report()).body.accounts).toEqual([luca.person.account]);
    const next = await freshKeyFor(zoe.account, 'again by the teacher');
    const args = { account: zoe.account, key: next.key, reason: 'forgotten' } as const;
    expect(await luca.tablet.do(luca.person, 'key.set', args, { space }, next.credential)).toMatchObject({
      code: 'account-adult'
    });
    const rename = { name: 'Ríos' };
    expect(await home.do(person, 'space.rename', rename, { space })).toMatchObject({ is: 'accepted' });
    expect((await useOwnLink(new Tablet(world.relay.address), space, zoe, secret)).verdict).toMatchObject({
      code: 'recovery-used'
    });
  });

  test('[AC10] the link lapses: with another one, with her role, with the rights of whoever made it, with its day', async () => {
    const { world, zoe, space } = await raised();
    const address = world.relay.address;
    const look = async (secret: string): Promise<unknown> =>
      (await new Tablet(address).ask('POST', '/api/links/look', { secret })).body['code'];
    const tries = async (secret: string): Promise<unknown> =>
      (await useOwnLink(new Tablet(address), space, zoe, secret)).verdict;

    const lost = await ownLink(world, zoe.account);
    const nuria = await invite(world, 'teacher-admin', { given: 'Nuria', family: 'Sol' });
    const hers = { space, admin: nuria.person, tablet: nuria.tablet };
    const next = await ownLink(hers, zoe.account);
    expect([await look(lost.secret), await look(next.secret)]).toEqual(['link-revoked', undefined]);
    expect(await tries(lost.secret)).toMatchObject({ code: 'invitation-revoked' });

    const less = { member: nuria.person.account, role: 'teacher' } as const;
    await world.tablet.do(world.admin, 'member.role', less, { space });
    expect(await look(next.secret)).toBe('link-revoked');
    expect(await tries(next.secret)).toMatchObject({ code: 'invitation-revoked' });

    const third = await ownLink(world, zoe.account);
    await world.tablet.do(world.admin, 'member.role', { member: zoe.account, role: 'pupil' }, { space });
    expect(await look(third.secret)).toBe('link-revoked');
    expect(await tries(third.secret)).toMatchObject({ code: 'invitation-revoked' });
    expect((await ownLink(world, zoe.account)).verdict).toMatchObject({ code: 'not-raised' });

    await raise(world, zoe);
    const fourth = await ownLink(world, zoe.account);
    world.clock.addDays(8);
    expect(await look(fourth.secret)).toBe('link-expired');
    expect(await tries(fourth.secret)).toMatchObject({ code: 'invitation-expired' });
  });
});
