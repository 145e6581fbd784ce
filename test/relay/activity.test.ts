import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { AccountId } from '#lib/domain/ids.ts';
import type { ActivityAnswer } from '#lib/protocol/activity.ts';
import { Daily, type DailyJob } from '#relay/daily.ts';
import { activityOf, commandsUnder } from '#relay/gate/activity.ts';
import {
  addPupil,
  found,
  freshKeyFor,
  invite,
  Tablet,
  type Answer,
  type Founded,
  type Newcomer
} from '../support/relay-tablet.ts';
import { tempFolder, TestClock, TestLog, testRelay, type TestRelay } from '../support/relay.ts';
import { founded } from '../support/relay-founded.ts';
import { ownLink, useOwnLink } from '../support/relay-raised.ts';

const secretPassword = 'zapato9lobo4';

function log(
  { tablet, space }: Pick<Founded, 'tablet' | 'space'>,
  query: Record<string, string> = {}
): Promise<Answer<ActivityAnswer & { code?: string }>> {
  const asked = new URLSearchParams(query).toString();
  return tablet.ask('GET', `/api/spaces/${space}/activity${asked === '' ? '' : `?${asked}`}`);
}

async function setPassword({ tablet, admin, space }: Founded, pupil: Newcomer): Promise<void> {
  const { key, credential } = await freshKeyFor(pupil.account, secretPassword);
  const args = { account: pupil.account, key, reason: 'forgotten' } as const;
  const verdict = await tablet.do(admin, 'key.set', args, { space }, credential);
  expect(verdict.is).toBe('accepted');
}

/** Every cell of the log as it lies on the disk, once the relay has ended. */
async function stored({ relay, folder }: TestRelay): Promise<readonly Record<string, unknown>[]> {
  await relay.stop();
  const database = new DatabaseSync(join(folder, 'twinspace.sqlite'), { readOnly: true });
  const rows = database.prepare('SELECT * FROM activity ORDER BY seq').all();
  database.close();
  return rows.map((row) => ({ ...row }));
}

describe('the activity log', () => {
  test('[LO1, LO5] who did what to whom, on which day, newest first', async () => {
    const school = await founded();
    const { clock, tablet, admin, space } = school;
    const { pupil } = await addPupil(school, 'Ana', 'Sanz');
    clock.addDays(1);
    await tablet.do(admin, 'member.role', { member: pupil.account, role: 'pupil-admin' }, { space });
    await setPassword(school, pupil);
    const { status, body } = await log(school);
    expect(status).toBe(200);
    expect(body.more).toBe(false);
    expect(body.entries.map(({ seq: _seq, ...entry }) => entry)).toEqual([
      {
        on: '2026-11-25',
        actor: admin.account,
        name: 'key.set',
        about: pupil.account,
        detail: { reason: 'forgotten', scope: 'full' }
      },
      {
        on: '2026-11-25',
        actor: admin.account,
        name: 'member.role',
        about: pupil.account,
        detail: { role: 'pupil-admin' }
      },
      {
        on: '2026-11-24',
        actor: admin.account,
        name: 'pupil.add',
        about: pupil.account,
        detail: { role: 'pupil' }
      },
      { on: '2026-11-24', actor: admin.account, name: 'space.found', detail: {} }
    ]);
  });

  test('[LO2] what was refused stands there with the code, and a stranger’s change does not', async () => {
    const school = await founded();
    const { pupil } = await addPupil(school, 'Ana', 'Sanz');
    const args = { member: school.admin.account } as const;
    const wish = { space: school.space };
    const refused = await school.tablet.do(pupil, 'member.remove', args, wish);
    expect(refused).toMatchObject({ is: 'refused', code: 'not-permitted' });
    const forged = await school.tablet.sign(school.admin, 'member.remove', args, wish);
    await school.tablet.send({ ...forged, signature: 'A'.repeat(86) });
    const { body } = await log(school, { kind: 'refused' });
    expect(body.entries).toMatchObject([
      { actor: pupil.account, name: 'member.remove', about: school.admin.account, refused: 'not-permitted' }
    ]);
  });

  test('[LO2] a change whose content cannot be read is logged without it', async () => {
    const school = await founded();
    const { tablet, admin, space } = school;
    const odd = { member: 'Ana Sanz', more: 'trucha7rana2' } as never;
    expect(await tablet.do(admin, 'member.remove', odd, { space })).toMatchObject({ code: 'malformed' });
    expect((await log(school)).body.entries[0]).toEqual({
      seq: expect.any(Number),
      on: '2026-11-24',
      actor: admin.account,
      name: 'member.remove',
      detail: {},
      refused: 'malformed'
    });
  });

  test('[LO2] the same change sent again is not logged again', async () => {
    const school = await founded();
    const { signed } = await addPupil(school, 'Ana', 'Sanz');
    await school.tablet.send(signed, signed);
    expect((await log(school)).body.entries.map(({ name }) => name)).toEqual(['pupil.add', 'space.found']);
  });

  test('[LO3] no stored byte of it is a name, a username, a password, a key, a hash or a time', async () => {
    const school = await founded();
    const { admin, tablet, space } = school;
    const { pupil } = await addPupil(school, 'Ana', 'Sanz');
    const { person } = await invite(school, 'teacher', { given: 'Luca', family: 'Bianchi' });
    await setPassword(school, pupil);
    const rename = { account: pupil.account, given: 'Eva', family: 'Sanz', school: 'CEIP Duero' };
    await tablet.do(admin, 'account.rename', rename, { space });
    await tablet.do(admin, 'member.display', { member: pupil.account, display: 'Eva S.' }, { space });
    const typed = { member: pupil.account, role: 'teacher', typed: 'luca.bianchi.9' } as const;
    expect(await tablet.do(admin, 'member.role', typed, { space })).toMatchObject({ is: 'refused' });

    const rows = await stored(school);
    expect(rows.map(({ name }) => name)).toEqual([
      ...['space.found', 'pupil.add', 'invitation.create', 'invitation.accept', 'key.set'],
      ...['account.rename', 'member.display', 'member.role']
    ]);
    const text = JSON.stringify(rows);
    const keys = [admin, pupil, person].flatMap(({ fresh, newAccount: { key } }) => [
      ...[fresh.id, fresh.publicKey, key.credential]
    ]);
    const names = ['Marta', 'Rios', 'Ríos de Europa', 'Ana', 'Eva', 'Sanz', 'Luca', 'luca', 'Duero', 'CEIP'];
    for (const never of [...names, ...keys, secretPassword, 'trucha7rana2', admin.password]) {
      expect(text).not.toContain(never);
    }
    // No hash or key of any kind, and no time of day.
    expect(text).not.toMatch(/[A-Za-z0-9_-]{43}|\d\d:\d\d/);
    for (const { received } of rows) expect(received).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('[LO3] of settings only what can be chosen is kept, also when they are refused', () => {
    const header = { space: 's' as never, actor: 'a' as never, name: 'settings.set' } as const;
    const settings = { pupilsChangePassword: true, languages: ['es', 'Ana Sanz', 'ca-ES'] };
    const day = '2026-11-24' as CalendarDate;
    expect(activityOf(header, { settings }, day, 'only-administrators')?.detail).toEqual({
      pupilsChangePassword: true,
      languages: ['es', 'ca-ES']
    });
  });

  test('[LO4] nobody reads it but an administrator, on a device of their own', async () => {
    const school = await founded();
    const teacher = await invite(school, 'teacher');
    const second = await invite(school, 'teacher-admin', { given: 'Eva', family: 'Roth' });
    const ask = async (tablet: Tablet): Promise<unknown> => {
      const { status, body } = await log({ ...school, tablet });
      return status === 200 ? 200 : body.code;
    };
    expect(await ask(second.tablet)).toBe(200);
    expect(await ask(teacher.tablet)).toBe('not-permitted');
    expect(await ask(new Tablet(school.relay.address))).toBe('not-enrolled');
    // An administrator who merely signed in on somebody else's device.
    await teacher.tablet.signIn(school.admin);
    expect(await ask(teacher.tablet)).toBe('not-permitted');
    // Of another TwinSpace, and of none.
    const other = { ...school, space: crypto.randomUUID() as Founded['space'] };
    expect((await log(other)).body).toEqual({ code: 'not-permitted' });
    // Once an administrator.
    await school.tablet.do(
      school.admin,
      'member.role',
      { member: second.person.account, role: 'teacher' },
      { space: school.space }
    );
    expect(await ask(second.tablet)).toBe('not-permitted');
  });

  test('[LO4] a pupil who was made administrator reads it only in their own custody', async () => {
    const school = await founded();
    const { pupil } = await addPupil(school, 'Ana', 'Sanz');
    const own = new Tablet(school.relay.address);
    expect((await own.signIn(pupil)).status).toBe(200);
    const args = { member: pupil.account, role: 'teacher-admin', typed: pupil.username } as const;
    expect(await school.tablet.do(school.admin, 'member.role', args, { space: school.space })).toMatchObject({
      is: 'accepted'
    });
    expect((await log({ ...school, tablet: own })).body).toEqual({ code: 'not-permitted' });
    const { secret } = await ownLink(school, pupil.account);
    expect((await useOwnLink(own, school.space, pupil, secret)).verdict.is).toBe('accepted');
    expect((await log({ ...school, tablet: own })).status).toBe(200);
  });

  test('[LO5] pages follow each other, a hundred at a time, and can be narrowed', async () => {
    const school = await founded();
    const { tablet, admin, space } = school;
    const { pupil } = await addPupil(school, 'Ana', 'Sanz');
    const other = await addPupil(school, 'Ben', 'Roth');
    for (let turn = 0; turn < 110; turn++) {
      const role = turn % 2 === 0 ? 'pupil-admin' : 'pupil';
      await tablet.do(admin, 'member.role', { member: pupil.account, role }, { space });
    }
    const first = (await log(school)).body;
    expect([first.entries.length, first.more]).toEqual([100, true]);
    const second = (await log(school, { before: String(first.entries.at(-1)?.seq) })).body;
    expect([second.entries.length, second.more]).toEqual([13, false]);
    const all = [...first.entries, ...second.entries].map(({ seq }) => seq);
    expect(all).toEqual([...all].sort((a, b) => b - a));
    expect(new Set(all).size).toBe(113);

    const about = (await log(school, { account: other.pupil.account })).body.entries;
    expect(about.map(({ name }) => name)).toEqual(['pupil.add']);
    const roles = (await log(school, { account: pupil.account, kind: 'roles' })).body.entries;
    expect(new Set(roles.map(({ name }) => name))).toEqual(new Set(['member.role']));
    expect((await log(school, { kind: 'members' })).body.entries).toHaveLength(2);
  });

  test('[LO5] what asks otherwise than the protocol says is not answered', async () => {
    const school = await founded();
    const odd = [{ before: '-1' }, { before: '1e3' }, { kind: 'all' }, { account: 'Ana' }, { x: '1' }];
    for (const query of odd as Record<string, string>[]) {
      expect([query, (await log(school, query)).body]).toEqual([query, { code: 'malformed' }]);
    }
    const raw = await school.tablet.ask('GET', '/api/spaces/none/activity');
    expect(raw.body).toEqual({ code: 'malformed' });
  });

  test('[LO6] after 365 days an entry is forgotten: at the start, and once a day', async () => {
    const folder = tempFolder();
    const clock = new TestClock();
    const first = await testRelay({ dataDir: folder, clock });
    const school = await found(first.relay.address, first.setUp);
    clock.addDays(365);
    await addPupil(school, 'Ana', 'Sanz');
    await first.relay.stop();
    const again = await testRelay({ dataDir: folder, clock });
    const tablet = school.tablet.at(again.relay.address);
    const names = async (): Promise<readonly string[]> =>
      (await log({ ...school, tablet })).body.entries.map(({ name }) => name);
    expect(await names()).toEqual(['pupil.add', 'space.found']);
    clock.addDays(1);
    await again.relay.stop();
    const third = await testRelay({ dataDir: folder, clock });
    const last = await log({ ...school, tablet: school.tablet.at(third.relay.address) });
    expect(last.body.entries.map(({ name }) => name)).toEqual(['pupil.add']);
  });

  test('[LO6] what is done daily is done once at each date, and again where it failed', async () => {
    const clock = new TestClock();
    const lines = new TestLog();
    const done: string[] = [];
    const failing = vi.fn<DailyJob['run']>().mockRejectedValueOnce(new Error('full')).mockResolvedValue();
    const jobs: DailyJob[] = [
      { name: 'failing', run: failing },
      { name: 'steady', run: async (today) => void done.push(today) }
    ];
    const daily = new Daily(jobs, clock, lines);
    await daily.look();
    await daily.look();
    clock.addDays(1);
    await Promise.all([daily.look(), daily.look()]);
    await daily.stop();
    expect(done).toEqual(['2026-11-24', '2026-11-25']);
    expect(failing.mock.calls.map(([today]) => today)).toEqual(['2026-11-24', '2026-11-24', '2026-11-25']);
    expect(lines.lines).toMatchObject([[{ event: 'daily-job-failed', job: 'failing' }]]);
  });

  test('[LO7] no sign-in stands there, nor what concerns nobody else', async () => {
    const school = await founded();
    const { tablet, admin, space } = school;
    const on = plusDays('2026-11-24' as CalendarDate, 0);
    await tablet.do(admin, 'access.record', { on }, { space });
    await tablet.do(admin, 'notice.dismiss', { notice: crypto.randomUUID() as never }, { space });
    expect((await log(school)).body.entries.map(({ name }) => name)).toEqual(['space.found']);
    const every = (['members', 'passwords', 'roles', 'links', 'settings'] as const).flatMap(
      (kind) => commandsUnder(kind) ?? []
    );
    expect(every).not.toContain('access.record');
    expect(new Set(every).size).toBe(every.length);
  });
});

describe('my devices', () => {
  interface Devices {
    readonly devices: readonly Record<string, unknown>[];
    readonly code?: string;
  }
  const devices = (tablet: Tablet): Promise<Answer<Devices>> => tablet.ask('GET', '/api/devices');

  test('[MY6] the owner is told of their devices and of those that let them in, by dates', async () => {
    const school = await founded();
    const { clock, admin } = school;
    const teacher = await invite(school, 'teacher');
    clock.addDays(2);
    const second = new Tablet(school.relay.address);
    await second.signIn(admin);
    await teacher.tablet.signIn(admin);
    clock.addDays(1);
    const { body } = await devices(school.tablet);
    expect(body.devices).toEqual([
      {
        id: school.tablet.device,
        kind: 'personal',
        mine: true,
        here: true,
        since: '2026-11-24',
        lastContact: '2026-11-27'
      },
      {
        id: second.device,
        kind: 'personal',
        mine: true,
        here: false,
        since: '2026-11-26',
        lastContact: '2026-11-26'
      },
      {
        id: teacher.tablet.device,
        kind: 'personal',
        mine: false,
        here: false,
        since: '2026-11-24',
        lastContact: '2026-11-26'
      }
    ]);
  });

  test('[MY6] nobody is told of another’s devices, and a revoked one stands there no more', async () => {
    const school = await founded();
    const teacher = await invite(school, 'teacher');
    const { body } = await devices(teacher.tablet);
    expect(body.devices.map(({ id }) => id)).toEqual([teacher.tablet.device]);
    expect((await devices(new Tablet(school.relay.address))).body).toEqual({ code: 'not-enrolled' });
    const second = new Tablet(school.relay.address);
    await second.signIn(teacher.person);
    await school.relay.revokeDevice(teacher.tablet.device);
    expect((await devices(teacher.tablet)).body).toEqual({ code: 'device-revoked' });
    expect((await devices(second)).body.devices.map(({ id }) => id)).toEqual([second.device]);
  });

  test('[MY6] an account is not asked for: the cookie says whose devices are told', async () => {
    const school = await founded();
    const teacher = await invite(school, 'teacher');
    const asked = await teacher.tablet.ask<Devices>(
      'GET',
      `/api/devices?account=${school.admin.account as AccountId}`
    );
    expect(asked.body.devices.map(({ id }) => id)).toEqual([teacher.tablet.device]);
  });
});
