import type { Change } from '../change.ts';
import type { Actor } from '../effective-role.ts';
import { homeElsewhere, nameless, tellHome } from '../elsewhere.ts';
import type { AccountId } from '../ids.ts';
import { isDisplay } from '../names.ts';
import { can } from '../permissions.ts';
import type { Notice } from '../notice.ts';
import type { Put } from '../puts.ts';
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import { isStaff } from '../roles.ts';
import { activeMember, settingsOf, type MemberStatus, type SpaceState } from '../state.ts';
import { outcome, type Ground, type MemberCommand, type Outcome } from './command.ts';

/**
 * JO1 (G11): a pupil who has an account becomes a member here too. Username and password stay as they are; only the
 * role here is chosen. JO2, JO3: active at once when the pupil's own teacher or an administrator of the home adds
 * them, or whoever shares a TwinSpace with them already; else waiting for the home's yes. JO5: home is told.
 */
export const pupilAddExisting: MemberCommand<'pupil.add-existing'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['add-existing-pupil'],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: ({ account }) => account,
    log: { kind: 'members', detail: ({ role }) => ({ role }) },
    texts: { display: 'display' },
    tellsHome: 'asks'
  },
  sensitive: false,
  judge
};

function judge(ground: Ground, change: Change<'pupil.add-existing'>, standing: Actor): Outcome | Refusal {
  const { role } = standing;
  const { state, directory, now, elsewhere } = ground;
  const { args, actor } = change;
  const allowed = can(role, 'add-existing-pupil', { role: args.role, settings: settingsOf(state) });
  if (isRefusal(allowed)) return allowed;
  const known = directory.public(args.account);
  if (!known) return refuse('account-unknown');
  if (known.custody.kind === 'self') return refuse('account-adult');
  const before = state.members.members.get(args.account);
  if (before?.status.is === 'active' || before?.status.is === 'waiting') return refuse('already-member');
  if (!isDisplay(args.display)) return refuse('display-invalid');

  const { custodian } = known.custody;
  const endedByHome = before?.status.is === 'removed' && before.status.byHome === true;
  const homes = isHomes(ground, args.account, standing);
  const atOnce = homes || (!endedByHome && share(ground, args.account, standing));
  // At home there is nobody else to ask: whoever may brings the pupil back.
  if (known.home === state.id && !homes) return refuse('only-own-pupils');
  const at = elsewhere(known.home);
  const asked = (at && activeMember(at, custodian)?.display) ?? '';
  const status: MemberStatus = atOnce
    ? { is: 'active' }
    : { is: 'waiting', on: now, asked, ...(before ? { before } : {}) };
  const { account, display } = args;
  const puts: Put[] = [
    { doc: 'members', map: 'members', key: account, value: { display, role: args.role, status } },
    { doc: 'staff', map: 'joinings', key: account, value: { by: actor, on: now } }
  ];
  if (atOnce) puts.push(...spacesWith(ground, account));
  else puts.push(...onlyUsername(ground, account));

  const by = state.members.members.get(actor)?.display ?? '';
  const name = state.members.meta.get('space')?.name ?? '';
  puts.push(
    ...tellHome(ground, account, {
      account,
      space: state.id,
      name,
      by,
      on: now,
      status: atOnce ? 'active' : 'waiting'
    })
  );
  const home = homeElsewhere(directory, account, state.id);
  // What waits stands among the requests of the home until it is answered; what is done already is told.
  if (home && atOnce && custodian !== actor) {
    const says = { code: 'joined-elsewhere', account, space: name, by } as const;
    const value = { for: custodian, on: now, says };
    if (!told(elsewhere(home), value))
      puts.push({ doc: 'staff', map: 'notices', key: change.id, value, space: home });
  }
  return outcome(...puts);
}

/** Whether the same stands there already: who adds and removes without end shall not fill another TwinSpace. */
function told(home: SpaceState | undefined, { for: whom, says }: Notice): boolean {
  for (const one of home?.staff.notices.values() ?? []) {
    if (one.for !== whom || one.says.code !== says.code || one.says.account !== says.account) continue;
    if (says.code === 'joined-elsewhere' && one.says.code === says.code && one.says.space === says.space)
      return true;
  }
  return false;
}

/**
 * JO2: the pupil's own teacher, or an administrator of the home. RO4: with a classroom key one is at most a teacher, and
 * that only in the TwinSpace of the tablet.
 */
function isHomes(
  { state, directory, elsewhere }: Ground,
  pupil: AccountId,
  { account: actor, key }: Actor
): boolean {
  const known = directory.public(pupil);
  if (!known || known.custody.kind !== 'home') return false;
  const weak = key.scope === 'classroom';
  if (weak && known.home !== state.id) return false;
  const home = known.home === state.id ? state : elsewhere(known.home);
  // Where the home cannot be seen the custodian is believed; the relay sees it.
  const there = home && activeMember(home, actor);
  if (known.custody.custodian === actor)
    return home === undefined || (there !== undefined && isStaff(there.role));
  return !weak && there?.role === 'teacher-admin' && directory.public(actor)?.custody.kind === 'self';
}

/** JO2: both are active in one other TwinSpace, where a classroom key of this one's tablet counts for nothing (RO4). */
function share(
  { state, directory, elsewhere }: Ground,
  pupil: AccountId,
  { account: actor, key }: Actor
): boolean {
  if (key.scope === 'classroom') return false;
  return directory.spaces(pupil).some((id) => {
    const other = id === state.id ? undefined : elsewhere(id);
    return (
      other !== undefined &&
      activeMember(other, pupil) !== undefined &&
      activeMember(other, actor) !== undefined
    );
  });
}

/** AC5: from now on what changes about the account changes here too. */
export function spacesWith({ state, directory }: Ground, account: AccountId): readonly Put[] {
  const spaces = directory.spaces(account);
  if (spaces.includes(state.id)) return [];
  return [{ doc: 'directory', map: 'spaces', key: account, value: [...spaces, state.id] }];
}

/** JO3: who only asked sees no more than the search told: username and school. Who was a member here is known (AC5). */
function onlyUsername({ state, directory }: Ground, account: AccountId): readonly Put[] {
  if (directory.spaces(account).includes(state.id)) return [];
  const [open, closed] = [directory.public(account), directory.private(account)];
  const puts: Put[] = [];
  if (open) puts.push({ doc: 'members', map: 'people', key: account, value: open });
  if (closed) puts.push({ doc: 'staff', map: 'people', key: account, value: nameless(closed) });
  return puts;
}
