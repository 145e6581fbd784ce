import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import { plusDays, type CalendarDate } from '#lib/domain/dates.ts';
import type { GroupId, InvitationId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import { demoSchools, demoSpaceName, type CastMember, type CastSchool } from './cast.ts';
import { DemoTablet } from './demo-tablet.ts';
import { fillPages } from './pages.ts';
import { makePerson, type DemoPerson } from './person.ts';

/** How somebody of the demo signs in. */
export interface DemoSignIn {
  readonly username: string;
  readonly password: string;
  readonly role: CastMember['role'];
  readonly school: string;
}

interface Teacher {
  readonly person: DemoPerson;
  readonly tablet: DemoTablet;
}

/**
 * Fills an empty relay with the demo TwinSpace, through its own gate: founded with the set-up link, teachers invited,
 * pupils added, each change signed.
 */
export async function fillDemo(
  address: string,
  setUpSecret: string,
  today: CalendarDate
): Promise<readonly DemoSignIn[]> {
  const space = crypto.randomUUID() as string as SpaceId;
  const tablet = (): DemoTablet => new DemoTablet(address, space, today);
  const signIns: DemoSignIn[] = [];
  const tell = (member: CastMember, school: CastSchool, username: string): void => {
    const { password, role } = member;
    signIns.push({ username, password, role, school: school.name });
  };

  const [home, partner] = demoSchools;
  const [first] = home.teachers;
  const admin: Teacher = { person: await makePerson(first, home.name), tablet: tablet() };
  const { account } = admin.person;
  await admin.tablet.enter(setUpSecret, admin.person, 'space.found', { name: demoSpaceName, account });
  tell(first, home, account.username);

  for (const school of [home, partner]) {
    let adds: Teacher | undefined = school === home ? admin : undefined;
    for (const member of school.teachers) {
      if (member === first) continue;
      const invited = await invite(admin, member, school, tablet(), today);
      tell(member, school, invited.person.account.username);
      adds ??= invited;
    }
    const by = adds ?? admin;
    const group = crypto.randomUUID() as string as GroupId;
    await by.tablet.do(by.person, 'group.make', { group, name: school.className, kind: 'class' });
    for (const member of school.pupils) {
      const pupil = await makePerson(member, school.name);
      const role = member.role === 'pupil-admin' ? member.role : 'pupil';
      const args = { account: pupil.account, role, groups: [group] } as const;
      const { notes } = await by.tablet.do(by.person, 'pupil.add', args, pupil.credential);
      tell(member, school, notes[0]?.to ?? pupil.account.username);
    }
  }
  await fillPages(admin.tablet, admin.person);
  await admin.tablet.do(admin.person, 'access.record', { on: today });
  await admin.tablet.do(admin.person, 'member.contact', { contact: 'Sala de docentes, martes de 10 a 11' });
  return signIns;
}

async function invite(
  by: Teacher,
  member: CastMember,
  school: CastSchool,
  tablet: DemoTablet,
  today: CalendarDate
): Promise<Teacher> {
  const secret = randomText(32);
  const invitation = crypto.randomUUID() as string as InvitationId;
  await by.tablet.do(by.person, 'invitation.create', {
    invitation,
    label: school.name,
    expires: plusDays(today, 7),
    role: member.role === 'teacher-admin' ? 'teacher-admin' : 'teacher',
    secretHash: (await sha256(secret)) as SecretHash
  });
  const person = await makePerson(member, school.name);
  await tablet.enter(secret, person, 'invitation.accept', { invitation, account: person.account });
  return { person, tablet };
}
