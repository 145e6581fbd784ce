import { goto } from '$app/navigation';
import ArrowRightLeft from '@lucide/svelte/icons/arrow-right-left';
import Backpack from '@lucide/svelte/icons/backpack';
import Eraser from '@lucide/svelte/icons/eraser';
import History from '@lucide/svelte/icons/history';
import IdCard from '@lucide/svelte/icons/id-card';
import KeyRound from '@lucide/svelte/icons/key-round';
import Link from '@lucide/svelte/icons/link';
import LogOut from '@lucide/svelte/icons/log-out';
import Mail from '@lucide/svelte/icons/mail';
import Shapes from '@lucide/svelte/icons/shapes';
import Smile from '@lucide/svelte/icons/smile';
import Trash from '@lucide/svelte/icons/trash-2';
import Undo from '@lucide/svelte/icons/undo-2';
import UserPen from '@lucide/svelte/icons/user-round-pen';
import type { Action } from '#lib/domain/permissions.ts';
import { isStaff } from '#lib/domain/roles.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SpaceView } from '#lib/session/space/space-view.svelte.ts';
import type { MemberRow } from '#lib/session/space/member-row.ts';
import type { MenuItem } from '#lib/ui/Menu.svelte';
import { paths } from '#lib/ui/paths.ts';
import { reasonWords, refusalWords } from '#lib/ui/refusal-words.ts';
import { reasonAgainst } from '../../../reason.ts';

/** What the menu at a member's right asks for. */
export type Ask =
  | 'about'
  | 'contact'
  | 'access'
  | 'own-link'
  | 'details'
  | 'password'
  | 'pictures'
  | 'hand-over'
  | 'remove'
  | 'erase';

/**
 * MM1: the menu at a member's right, the guide's four first (G9): what is not allowed stands there greyed, with the reason
 * and who may; what is not for this person, or not for such a member, is not there at all. A child sees the card
 * of an adult, and of another child what they tell of themselves (ME10).
 */
export function memberMenu(
  space: SpaceView,
  member: MemberRow,
  onask: (ask: Ask) => void,
  onkeep: () => void
): readonly MenuItem[] {
  const { account, me } = member;
  const reason = (action: Action) => reasonAgainst(space, action, account);
  const item = (ask: Ask, label: string, icon: MenuItem['icon'], why?: string): MenuItem => ({
    label,
    icon,
    reason: why,
    onselect: () => onask(ask)
  });
  const contact = item('contact', m.contact(), Mail, me ? undefined : reason('contact'));
  if (!isStaff(space.role))
    return [me || isStaff(member.role) ? contact : item('about', m.about_menu(), Smile)];
  const leave: MenuItem = {
    label: m.leave_title(),
    icon: LogOut,
    danger: true,
    onselect: () => void goto(paths.settings(space.id))
  };
  const ownPassword: MenuItem = {
    label: m.change_password(),
    icon: KeyRound,
    onselect: () => void goto(paths.ownPassword)
  };
  const items = [
    contact,
    item('access', m.edit_access(), UserPen, reason('edit-access')),
    me ? leave : { ...item('remove', m.remove(), Trash, removeReason(space, member)), danger: true },
    me ? ownPassword : item('password', m.change_password(), KeyRound, reason('set-password'))
  ];
  // AC10: whoever was raised gets the link for a password of their own from an administrator.
  if (member.waitingOwnPassword && member.homeHere && !me && space.role === 'teacher-admin')
    items.push(item('own-link', m.own_link_menu(), Link, reason('edit-access')));
  const rare = rareItems(space, member, onask, onkeep);
  const some = rare.some((one) => one.reason === undefined);
  return [
    ...items,
    item('details', m.edit_details(), IdCard, some ? undefined : detailsReason(space, member))
  ];
}

/** MM12: what is asked for seldom stands within the details. */
export function rareItems(
  space: SpaceView,
  member: MemberRow,
  onask: (ask: Ask) => void,
  onkeep: () => void
): readonly MenuItem[] {
  const { account, me, adult } = member;
  const reason = (action: Action) => reasonAgainst(space, action, account);
  const item = (ask: Ask, label: string, icon: MenuItem['icon'], why: string | undefined): MenuItem => ({
    label,
    icon,
    reason: why,
    onselect: () => onask(ask)
  });
  const items: MenuItem[] = [];
  // KE11: nobody sets pictures of somebody raised.
  if (!adult && !isStaff(member.role))
    items.push(item('pictures', m.pictures_menu(), Shapes, reason('set-password')));
  if (!adult) items.push(item('hand-over', m.hand_over_pupil(), ArrowRightLeft, reason('hand-over')));
  if (!isStaff(member.role))
    items.push({
      label: m.home_portfolio(),
      icon: Backpack,
      reason: reason('take-portfolio'),
      onselect: () => void goto(paths.portfolio(space.id, account))
    });
  if (space.can('read-log') === true)
    items.push({
      label: m.member_history(),
      icon: History,
      onselect: () => void goto(paths.activity(space.id, account))
    });
  if (me || adult || space.role !== 'teacher-admin') return items;
  if (member.eraseOn)
    items.push({ label: m.keep_account(), icon: Undo, reason: reason('erase-account'), onselect: onkeep });
  else items.push({ ...item('erase', m.erase_account(), Eraser, reason('erase-account')), danger: true });
  return items;
}

/** Why a membership cannot be ended, judged as the command would be; undefined: it can. */
export function removeReason(space: SpaceView, { account }: MemberRow): string | undefined {
  const judged = space.judge('member.remove', { member: account });
  if (judged === true) return undefined;
  // Whom nobody may remove, nobody else can either.
  if (judged.refused === 'last-administrator' || judged.refused === 'space-archived')
    return refusalWords(judged);
  return reasonWords(judged, space.whoMay('edit-membership', account));
}

/** Why none of a member's details can be edited; undefined: at least one part can. */
function detailsReason(space: SpaceView, { account }: MemberRow): string | undefined {
  if (space.can('edit-account-names', account) === true) return undefined;
  return reasonAgainst(space, 'edit-membership', account);
}
