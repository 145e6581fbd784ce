import { randomText, sha256 } from '#lib/crypto/encoding.ts';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { AccountId, GroupId, OfferId, SecretHash } from '#lib/domain/ids.ts';
import type { DeviceReport } from '#lib/protocol/messages.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { OfferKey, TabletInfo } from '#lib/protocol/tablets.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import { addPupil, freshId, freshKeyFor, Tablet, type Answer } from './relay-tablet.ts';
import type { Founded, Newcomer, Person } from './relay-tablet.ts';

/** Somebody of the staff, on their own tablet. */
export type Staff = Pick<Founded, 'tablet' | 'admin' | 'space'>;

/** A key opened on a classroom tablet. */
export type Opened = Pick<Person, 'account' | 'username' | 'password' | 'fresh' | 'signing'>;

/** An offer that was sent, with what only the screen that made it knows. */
export interface Offered {
  readonly args: CommandArgs['tablet.offer'];
  readonly secret: string;
  readonly code: OfferKey;
  readonly signed: SignedChange;
  readonly verdict: Verdict | undefined;
}

/** What a tablet holds when nobody says otherwise. */
export const wholeClass = { groups: 'all', teachers: [] } as const;

let codes = 0;

/** Signs and sends an offer. */
export async function offer(
  { tablet, admin, space }: Staff,
  over: Partial<CommandArgs['tablet.offer']> = {}
): Promise<Offered> {
  const secret = randomText(32);
  const codeHash = (await sha256(`CODE${String((codes += 1)).padStart(4, '0')}`)) as SecretHash;
  const secretHash = (await sha256(secret)) as SecretHash;
  const hashes = { offer: freshId<OfferId>(), secretHash, codeHash };
  const args = { ...hashes, count: 1, ...wholeClass, ...over };
  const signed = await tablet.sign(admin, 'tablet.offer', args, { space });
  const [verdict] = await tablet.send(signed);
  return { args, secret, code: { codeHash }, signed, verdict };
}

/** A tablet shows the secret or the code and asks. */
export function ask(
  tablet: Tablet,
  key: OfferKey,
  name = 'Carro 1'
): Promise<Answer<DeviceReport & { readonly code?: string; readonly seconds?: number }>> {
  return tablet.ask('POST', '/api/tablets/ask', { offer: key, device: tablet.device, name });
}

/** A fresh browser that waits for its yes. */
export async function waitingTablet(
  staff: Staff,
  groups: readonly GroupId[] | 'all' = 'all'
): Promise<Tablet> {
  const { secret } = await offer(staff, { groups });
  const tablet = new Tablet(staff.tablet.address);
  const { status, body } = await ask(tablet, { secret });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return tablet;
}

/** The yes. */
export function admit(
  { tablet, admin, space }: Staff,
  asking: Tablet,
  scope: { groups: readonly GroupId[] | 'all'; teachers: readonly AccountId[] } = wholeClass
): Promise<Verdict> {
  return tablet.do(admin, 'tablet.admit', { tablet: asking.device, name: 'Carro 1', ...scope }, { space });
}

/** A classroom tablet that was let in. */
export async function classroomTablet(
  staff: Staff,
  scope: { groups: readonly GroupId[] | 'all'; teachers: readonly AccountId[] } = wholeClass
): Promise<Tablet> {
  const tablet = await waitingTablet(staff, scope.groups);
  const verdict = await admit(staff, tablet, scope);
  if (verdict.is !== 'accepted') throw new Error(JSON.stringify(verdict));
  return tablet;
}

/** KE10, KE11: gives somebody a classroom key: themselves a password, a pupil pictures. */
export async function giveClassroomKey(
  { tablet, admin, space }: Staff,
  whom: Newcomer = admin
): Promise<{ readonly opened: Opened; readonly verdict: Verdict }> {
  const by = whom === admin ? 'password' : 'pictures';
  const made = await freshKeyFor(whom.account, 'pizarra', undefined, { scope: 'classroom', by });
  const args = { account: whom.account, key: made.key, reason: 'own' } as const;
  const verdict = await tablet.do(admin, 'key.set', args, { space }, made.credential);
  const { account, username } = whom;
  return {
    opened: { account, username, password: 'pizarra', fresh: made.fresh, signing: made.signing },
    verdict
  };
}

/** A pupil in a group. */
export async function pupilIn(staff: Staff, given: string, group?: GroupId): Promise<Newcomer> {
  const { pupil } = await addPupil(staff, given, 'Rio');
  if (group) {
    const args = { member: pupil.account, add: [group], remove: [] };
    const verdict = await staff.tablet.do(staff.admin, 'member.groups', args, { space: staff.space });
    if (verdict.is !== 'accepted') throw new Error(JSON.stringify(verdict));
  }
  return pupil;
}

/** A group of this teacher's. */
export async function groupOf({ tablet, admin, space }: Staff, name: string): Promise<GroupId> {
  const group = freshId<GroupId>();
  await tablet.do(admin, 'group.make', { group, name, kind: 'class' }, { space });
  return group;
}

/** GET /api/spaces/:space/tablets, as this device is told. */
export async function tabletsOf(tablet: Tablet, space: Founded['space']): Promise<readonly TabletInfo[]> {
  const { status, body } = await tablet.ask<{ tablets: TabletInfo[] }>('GET', `/api/spaces/${space}/tablets`);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body.tablets;
}

/** Whose keys of which kind the report tells: `account by`, sorted. */
export function told(report: Pick<DeviceReport, 'credentials'>): readonly string[] {
  return (report.credentials ?? []).map(({ account, scope, by }) => `${account} ${scope} ${by}`).sort();
}
