import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { ChangeId } from '#lib/domain/ids.ts';
import { founded, second } from '../support/relay-founded.ts';
import { addPupil, freshId, Tablet } from '../support/relay-tablet.ts';

const on = '2026-11-24' as CalendarDate;

describe('somebody else’s change under an id that waits', () => {
  test('[GA17] of another account on the same tablet, accepted or refused, takes nothing from its author', async () => {
    const world = await founded();
    const { tablet, space, admin } = world;
    const { pupil: zoe } = await addPupil(world, 'Zoe', 'Mar');
    const { pupil: ben } = await addPupil(world, 'Ben', 'Roth');
    const ids = [freshId<ChangeId>(), freshId<ChangeId>()] as const;
    const text = { member: zoe.account, text: 'Me gusta el mar' };
    await tablet.do(ben, 'access.record', { on }, { space, id: ids[0] });
    await tablet.do(ben, 'member.profile', text, { space, id: ids[1] });
    for (const id of ids)
      expect(await tablet.do(zoe, 'member.profile', text, { space, id })).toMatchObject({ is: 'accepted' });
    // The author's own second change under an id is still refused.
    expect(await tablet.do(zoe, 'access.record', { on }, { space, id: ids[0] })).toMatchObject({
      code: 'id-reused'
    });
    expect(await tablet.do(admin, 'access.record', { on }, { space, id: ids[1] })).toMatchObject({
      is: 'accepted'
    });
  });

  test('[GA17] taken over in another TwinSpace, or from somebody else, is not taken over', async () => {
    const world = await founded();
    const mares = await second(world);
    const { pupil: zoe } = await addPupil(world, 'Zoe', 'Mar');
    const { pupil: ben } = await addPupil(world, 'Ben', 'Roth');
    const { pupil: iker } = await addPupil(mares, 'Iker', 'Sol');
    const id = freshId<ChangeId>();
    const elsewhere = { member: iker.account, text: 'x' };
    const behalf = (actor: typeof zoe) => ({ change: id, actor: actor.account });
    expect(
      await mares.tablet.do(mares.admin, 'member.profile', elsewhere, {
        space: mares.space,
        behalf: behalf(iker)
      })
    ).toMatchObject({ is: 'accepted' });
    const bens = { member: ben.account, text: 'x' };
    expect(
      await world.tablet.do(world.admin, 'member.profile', bens, { space: world.space, behalf: behalf(ben) })
    ).toMatchObject({ is: 'accepted' });
    const own = { member: zoe.account, text: 'Me gusta el mar' };
    expect(await world.tablet.do(zoe, 'member.profile', own, { space: world.space, id })).toMatchObject({
      is: 'accepted'
    });
  });

  test('[GA9, GA17] nor does what waits for it fall with it, where its tablet says whose it waits for', async () => {
    const world = await founded();
    const { tablet, space, admin } = world;
    const { pupil: ben } = await addPupil(world, 'Ben', 'Roth');
    const id = freshId<ChangeId>();
    const { pupil: zoe, signed: other } = await addPupil(world, 'Zoe', 'Mar');
    expect(other).toBeDefined();
    // Ben's is refused under the id of a change of the administrator's that has not come yet.
    await tablet.do(ben, 'member.remove', { member: zoe.account }, { space, id });
    const text = { member: zoe.account, text: 'Me gusta el mar' };
    const waits = { space, after: [id], afterBy: [admin.account] };
    const change = await tablet.sign(zoe, 'member.profile', text, waits);
    expect(await tablet.send(change)).toMatchObject([{ is: 'retry', code: 'prerequisite-unknown' }]);
    await tablet.do(admin, 'member.display', { member: zoe.account, display: 'Zoé' }, { space, id });
    expect(await tablet.send(change)).toMatchObject([{ is: 'accepted' }]);
  });
});

describe('an account that stores without end', () => {
  test('[GA18, LO10] three hundred refusals of a pupil on one day are kept, and stand in the log in one line', async () => {
    const world = await founded();
    const { space, admin } = world;
    const { pupil } = await addPupil(world, 'Zoe', 'Mar');
    const home = new Tablet(world.relay.address);
    await home.signIn(pupil);
    const remove = { member: admin.account };
    for (let batch = 0; batch < 8; batch++) {
      const many = Array.from({ length: 40 }, () => home.sign(pupil, 'member.remove', remove, { space }));
      const verdicts = await home.send(...(await Promise.all(many)));
      expect(verdicts.every((verdict) => verdict.is === 'refused')).toBe(true);
    }
    const { body } = await world.tablet.ask<{ entries: { refused?: string; count?: number }[] }>(
      'GET',
      `/api/spaces/${space}/activity?kind=refused`
    );
    expect(body.entries).toMatchObject([{ refused: 'not-permitted', count: 300 }]);
    world.clock.addDays(1);
    await home.do(pupil, 'member.remove', remove, { space });
    const next = await world.tablet.ask<{ entries: { count?: number }[] }>(
      'GET',
      `/api/spaces/${space}/activity?kind=refused`
    );
    expect(next.body.entries.map(({ count }) => count)).toEqual([undefined, 300]);
  });

  test('[GA18, GA19] drafts fill a day and no more; what is too much waits for the next, and others go on', async () => {
    const world = await founded();
    const { space } = world;
    const { pupil } = await addPupil(world, 'Zoe', 'Mar');
    const { pupil: ben } = await addPupil(world, 'Ben', 'Roth');
    const home = new Tablet(world.relay.address);
    await home.signIn(pupil);
    await home.signIn(ben);
    const text = 'ñ'.repeat(4000);
    const draft = (turn: number) => ({ place: 'profile', text: `${turn} ${text}`.slice(0, 4000) }) as const;
    const said = new Map<string, number>();
    let last: Awaited<ReturnType<typeof home.sign>> | undefined;
    for (let batch = 0; batch < 16; batch++) {
      const many = Array.from({ length: 60 }, (_, turn) =>
        home.sign(pupil, 'draft.keep', draft(batch * 100 + turn), { space })
      );
      const signed = await Promise.all(many);
      last = signed.at(-1);
      for (const verdict of await home.send(...signed)) {
        const word = verdict.is === 'retry' ? verdict.code : verdict.is;
        said.set(word, (said.get(word) ?? 0) + 1);
      }
    }
    // 8 MiB, of some 11 KB each.
    expect([...said.keys()].sort()).toEqual(['accepted', 'too-much-today']);
    expect(said.get('accepted')).toBeLessThan(800);
    expect(await home.do(ben, 'draft.keep', draft(1), { space })).toMatchObject({ is: 'accepted' });
    if (!last) throw new Error('nothing was sent');
    world.clock.addDays(1);
    expect(await home.send(last)).toMatchObject([{ is: 'accepted' }]);
  });
});
