import { expect, test } from 'vitest';
import { addPupil, found, invite, Tablet } from '../support/relay-tablet.ts';
import { testRelay } from '../support/relay.ts';

test('[RM2] what one teacher does reaches the other teacher, and what a pupil may not read does not reach the pupil', async () => {
  const { relay, setUp } = await testRelay();
  const founded = await found(relay.address, setUp);
  const { space, admin } = founded;
  const partner = await invite(founded);
  const report = await partner.tablet.report();
  expect(report.body.rooms).toEqual([`members/${space}@1`, `staff/${space}@1`]);

  const members = await partner.tablet.follow(`members/${space}@1`).synced();
  const staff = await partner.tablet.follow(`staff/${space}@1`).synced();
  expect(members.get('members', admin.account)).toMatchObject({ role: 'teacher-admin' });

  const { pupil, verdict } = await addPupil(founded, 'Angel', 'CanoRobles');
  expect(verdict).toMatchObject({ is: 'accepted', notes: [] });
  const { version } = verdict as { version: number };
  await members.until(() => members.version === version);
  await staff.until(() => staff.version === version);
  expect(members.get('members', pupil.account)).toMatchObject({ role: 'pupil', display: 'Angel CanoRobles' });
  expect(staff.get('people', pupil.account)).toMatchObject({ username: 'angel.canorobles.1' });

  const home = new Tablet(relay.address);
  const answer = await home.signIn(pupil);
  expect(answer.status).toBe(200);
  expect(answer.body.report?.rooms).toEqual([`members/${space}@1`]);
  const followed = await home.follow(`members/${space}@1`).synced();
  expect(followed.get('members', pupil.account)).toBeDefined();
  expect(JSON.stringify(followed.records)).toContain('Luca Bianchi');
  expect(JSON.stringify(followed.records)).not.toContain('canorobles.1');
  expect(await home.follow(`staff/${space}@1`).closed).toBe(4403);
});
