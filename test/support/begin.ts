import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import { plusDays } from '#lib/domain/dates.ts';
import type { AccountId, InvitationId, SecretHash, SpaceId } from '#lib/domain/ids.ts';
import { machineClock } from '#relay/clock.ts';
import { DemoTablet } from '#relay/ops/demo/demo-tablet.ts';
import { makePages, type DemoPage } from '#relay/ops/demo/pages.ts';
import { makePerson, type DemoPerson } from '#relay/ops/demo/person.ts';
import type { Tablet } from './journey.ts';
import type { RelayProcess } from './relay-process.ts';
import { marta, openSpace, signIn, type Person } from './steps.ts';

/** A pupil as a journey names them. */
export type PupilOf = Pick<Person, 'given' | 'family' | 'password'>;

/** Who is there beside the founder when a journey begins. */
export interface Beginning {
  /** Marta, unless it is somebody else. */
  readonly founder?: Person;
  /** The set-up link, where it is not the relay's first one. */
  readonly setUpPath?: string;
  readonly teachers?: readonly Person[];
  readonly pupils?: readonly PupilOf[];
  /** What stands there already; pupils to whom one was given are named by their given names. */
  readonly pages?: readonly PageOf[];
}

/** A page as a journey names it. */
export interface PageOf extends Omit<DemoPage, 'given' | 'under'> {
  readonly given?: 'pupils' | readonly string[];
  readonly under?: readonly PageOf[];
}

/** A TwinSpace that was founded through the relay's gate, and the device that its founder did it on. */
export interface FoundedByGate {
  readonly space: SpaceId;
  readonly founder: DemoPerson;
  readonly gate: DemoTablet;
}

/** Founds a TwinSpace through the relay's own gate, with a set-up link; each change signed. */
export async function foundByGate(
  address: string,
  setUpPath: string,
  person: Person,
  name: string
): Promise<FoundedByGate> {
  const space = crypto.randomUUID() as string as SpaceId;
  const gate = new DemoTablet(address, space, machineClock.today());
  const founder = await makePerson({ ...person, role: 'teacher-admin' }, person.school);
  await gate.enter(secretOf(setUpPath), founder, 'space.found', { name, account: founder.account });
  return { space, founder, gate };
}

/**
 * The day before: a TwinSpace was founded, teachers accepted its invitations, pupils were added. Today its founder signs
 * in on this tablet and opens it. Journeys in which that is not the story begin here; how all of it is done on the screens
 * stands in others.
 */
export async function begin(
  tablet: Tablet,
  relay: RelayProcess,
  name: string,
  {
    founder: who = marta,
    setUpPath = relay.setupPath,
    teachers = [],
    pupils = [],
    pages = []
  }: Beginning = {}
): Promise<void> {
  const { space, founder, gate } = await foundByGate(relay.address, setUpPath, who, name);
  for (const teacher of teachers) {
    const invitation = crypto.randomUUID() as string as InvitationId;
    const secret = randomText(32);
    const secretHash = (await sha256(secret)) as SecretHash;
    const expires = plusDays(machineClock.today(), 7);
    const link = { invitation, role: 'teacher', label: teacher.given, secretHash, expires } as const;
    await gate.do(founder, 'invitation.create', link);
    const person = await makePerson({ ...teacher, role: 'teacher' }, teacher.school);
    const own = new DemoTablet(relay.address, space, machineClock.today());
    await own.enter(secret, person, 'invitation.accept', { invitation, account: person.account });
  }
  const accounts = new Map<string, AccountId>();
  for (const one of pupils) {
    const pupil = await makePerson({ ...one, role: 'pupil' }, '');
    await gate.do(
      founder,
      'pupil.add',
      { account: pupil.account, role: 'pupil', groups: [] },
      pupil.credential
    );
    accounts.set(one.given, pupil.account.id);
  }
  const there = pages.map((page) => named(page, accounts));
  await makePages(gate, founder, there);
  await enter(tablet, founder.account.username, who.password, name);
}

/** The page with the accounts of those who are named. */
function named(
  { given = [], under = [], ...page }: PageOf,
  accounts: ReadonlyMap<string, AccountId>
): DemoPage {
  const accountOf = (name: string): AccountId => {
    const account = accounts.get(name);
    if (!account) throw new Error(`no pupil is called ${name}`);
    return account;
  };
  return {
    ...page,
    given: given === 'pupils' ? given : given.map(accountOf),
    under: under.map((below) => named(below, accounts))
  };
}

/** An adult signs in on a device of their own and opens the TwinSpace. */
export async function enter(
  { page }: Tablet,
  username: string,
  password: string,
  name: string
): Promise<void> {
  await signIn(page, '/login', username, password);
  await openSpace(page, name);
}

/** The secret of a link's path. */
function secretOf(path: string): string {
  return path.split('#')[1] ?? '';
}
