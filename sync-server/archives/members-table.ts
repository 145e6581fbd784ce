import type { AccountId } from '#lib/domain/ids.ts';
import { activeMember, type SpaceState } from '#lib/domain/state.ts';
import type { Role } from '#lib/domain/roles.ts';
import { export_display } from '#lib/paraglide/messages/export_display.js';
import { export_groups } from '#lib/paraglide/messages/export_groups.js';
import { export_role } from '#lib/paraglide/messages/export_role.js';
import { export_username } from '#lib/paraglide/messages/export_username.js';
import { role_pupil } from '#lib/paraglide/messages/role_pupil.js';
import { role_pupil_admin } from '#lib/paraglide/messages/role_pupil_admin.js';
import { role_teacher } from '#lib/paraglide/messages/role_teacher.js';
import { role_teacher_admin } from '#lib/paraglide/messages/role_teacher_admin.js';
import type { Locale } from '#lib/paraglide/runtime.js';
import { delimiterOf, writeTable } from '#lib/tables/write-table.ts';

const roleWords: Readonly<Record<Role, typeof role_pupil>> = {
  'teacher-admin': role_teacher_admin,
  teacher: role_teacher,
  'pupil-admin': role_pupil_admin,
  pupil: role_pupil
};

/** TH8: who is a member, as a table: names, roles, groups and usernames, nothing of a password or a key. */
export function membersTable(state: SpaceState, locale: Locale): Uint8Array {
  const words = { locale };
  const header = [export_display, export_role, export_groups, export_username].map((say) => say({}, words));
  const rows = [...state.members.members.keys()].flatMap((key) => {
    const member = activeMember(state, key as AccountId);
    if (!member) return [];
    const groups = (member.groups ?? []).map((id) => state.members.groups.get(id)?.name ?? '');
    const username = state.staff.people.get(key)?.username ?? '';
    return [[member.display, roleWords[member.role]({}, words), groups.filter(Boolean).join(', '), username]];
  });
  rows.sort(([one = ''], [other = '']) => one.localeCompare(other, locale));
  return writeTable([header, ...rows], delimiterOf(locale));
}
