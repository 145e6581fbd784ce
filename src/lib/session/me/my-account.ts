import type { PrivateAccount } from '#lib/domain/account.ts';
import type { SpaceId } from '#lib/domain/ids.ts';
import { refuse, type Refusal } from '#lib/domain/refusals.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { done, refused, type Result } from '../device/result.ts';
import type { OwnBench } from './own-bench.ts';
import type { SpaceView } from '../space/space-view.svelte.ts';

/** Why not, and the display names of those who can help. */
interface Closed {
  readonly is: 'closed';
  readonly refusal: Refusal;
  readonly whoMay: readonly string[];
}

/** Whether, where and by which rules somebody chooses a password of their own. */
export type PasswordWay =
  | {
      readonly is: 'open';
      /** In which TwinSpace the change is made. */
      readonly space: SpaceId;
      readonly rules: 'adult' | 'pupil';
    }
  | Closed;

/** Names as they stand with the account. */
export type MyNames = Pick<PrivateAccount, 'given' | 'family' | 'school'>;

/** Whether somebody changes their own names; the names are absent where this device is not told them. */
export type NamesWay =
  | { readonly is: 'open'; readonly space: SpaceId; readonly names: MyNames }
  | (Closed & { readonly names?: MyNames });

/** RO6, MY7: where somebody was raised who has no password of their own yet, and who hands them the link for one. */
export function raisedIn(
  work: OwnBench
): { readonly space: SpaceView; readonly links: readonly string[] } | undefined {
  if (custodyOf(work) !== 'home') return undefined;
  const [home] = homeFirst(work);
  return home && isStaff(home.memberRole) ? { space: home, links: home.whoMay('edit-access') } : undefined;
}

/** MY5, MY7: the way to a password of one's own: as an adult, or where pupils may. */
export function passwordWay(work: OwnBench): PasswordWay {
  const self = custodyOf(work) === 'self';
  const spaces = homeFirst(work);
  const closedHere = { is: 'closed', refusal: refuse('device-ceiling'), whoMay: [] } as const;
  // KE10: no password of an adult is chosen on a tablet that many share.
  if (work.app.classroom && self) return closedHere;
  // AC7: not with the one in use, which others may have given.
  const raised = raisedIn(work);
  if (raised) return { is: 'closed', refusal: refuse('own-password-link'), whoMay: raised.links };
  const open = spaces.find((space) => space.can('change-own-password') === true);
  // KE10: who came in with pictures asks a teacher, as where pupils choose none.
  if (open && work.session.scope === 'full')
    return { is: 'open', space: open.id, rules: self ? 'adult' : 'pupil' };
  const [first] = spaces;
  if (!first) return { is: 'closed', refusal: refuse('not-a-member'), whoMay: [] };
  // An adult could do it on a device of their own; to a pupil a new one is given.
  if (self) return closedHere;
  return {
    is: 'closed',
    refusal: refuse('setting-off'),
    whoMay: first.whoMay('set-password', work.me.account)
  };
}

/** MY1: the way to one's own names. */
export function namesWay(work: OwnBench): NamesWay {
  const known = work.view.directory.private(work.me.account);
  const names = known && { given: known.given, family: known.family, school: known.school };
  const [first] = homeFirst(work);
  if (custodyOf(work) === 'self') {
    if (first && names) return { is: 'open', space: first.id, names };
    return { is: 'closed', refusal: refuse('device-ceiling'), whoMay: [] };
  }
  const whoMay = first?.whoMay('edit-account-names', work.me.account) ?? [];
  return { is: 'closed', refusal: refuse('not-permitted'), whoMay, ...(names ? { names } : {}) };
}

/** AC8: gives one's own account other names. Only what has changed is sent. */
export async function renameMe(work: OwnBench, names: MyNames): Promise<Result<void>> {
  const way = namesWay(work);
  if (way.is === 'closed') return refused(way.refusal);
  const changed = Object.fromEntries(
    Object.entries(names).filter(([name, value]) => value !== way.names[name as keyof MyNames])
  ) as Partial<MyNames>;
  if (Object.keys(changed).length === 0) return done(undefined);
  const { account } = work.me;
  const submitted = await work.submit(way.space, 'account.rename', { account, ...changed });
  return submitted.ok ? done(undefined) : submitted;
}

function custodyOf(work: OwnBench): 'self' | 'home' | undefined {
  return work.view.directory.public(work.me.account)?.custody.kind;
}

/** One's TwinSpaces, the home of the account before others: there most of what is about it is seen. */
function homeFirst(work: OwnBench): readonly SpaceView[] {
  const home = work.view.directory.public(work.me.account)?.home ?? work.session.home;
  return [...work.spaces].sort((a, b) => Number(b.id === home) - Number(a.id === home));
}
