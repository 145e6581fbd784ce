import type { AccountId, DeviceId } from '#lib/domain/ids.ts';
import { keyInUse } from '#lib/domain/account.ts';
import type { SpaceView } from '#lib/session/space/space-view.svelte.ts';
import type { TabletRow } from '#lib/session/space/tablet-rows.ts';
import type { Work } from '#lib/session/work.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { compareNames } from '#lib/ui/formats.ts';
import type { ScopeTeacher } from '#lib/ui/tablets/ScopeFields.svelte';
import type { ShownTablet } from '#lib/ui/tablets/tablet.ts';

/**
 * The classroom tablets that this person sees: an administrator all of them, a teacher those that they let in. What
 * the staff document says of them is there without a network; what waits on them only the relay knows.
 */
export function shownTablets(
  space: SpaceView,
  rows: readonly TabletRow[],
  me: AccountId
): readonly ShownTablet[] {
  const seen = new Map(rows.map((row) => [row.id, row]));
  const names = new Map(space.members.map(({ account, display }) => [account, display]));
  const shown: ShownTablet[] = [];
  for (const [id, tablet] of space.state.staff.tablets) {
    if (space.role !== 'teacher-admin' && tablet.by !== me) continue;
    const row = seen.get(id as DeviceId);
    const { name, groups, teachers, on, by, revoked } = tablet;
    shown.push({
      id: id as DeviceId,
      name,
      groups,
      teachers,
      on,
      byDisplay: by === me ? undefined : (names.get(by) ?? ''),
      here: false,
      ...(revoked ? { revokedOn: revoked.on } : {}),
      ...(row
        ? {
            seen: {
              lastContact: row.lastContact,
              connected: row.connected,
              ...(row.status ? { status: row.status } : {})
            }
          }
        : {})
    });
  }
  return shown.sort((a, b) => compareNames(a.name, b.name));
}

/** Adults whose classroom passwords can open there (TB1), with who has made one. */
export function scopeTeachers(work: Work, space: SpaceView): readonly ScopeTeacher[] {
  return space.members
    .filter(({ role, adult }) => adult && (role === 'teacher' || role === 'teacher-admin'))
    .map(({ account, display, me }) => ({
      account,
      display,
      me,
      ready: keyInUse(work.view.directory.public(account), 'classroom') !== undefined
    }));
}

/** Whom a tablet lets in, in words. */
export function ceilingWords(space: SpaceView, { groups, teachers }: ShownTablet): string {
  const known = new Map(space.groups.rows.map(({ id, name }) => [id, name]));
  const names = new Map(space.members.map(({ account, display }) => [account, display]));
  const classes = groups === 'all' ? [] : groups.flatMap((id) => known.get(id) ?? []);
  const adults = teachers.flatMap((id) => names.get(id) ?? []);
  const pupils =
    groups === 'all' ? m.tablet_ceiling_all() : m.tablet_ceiling_groups({ names: classes.join(', ') });
  const staff =
    adults.length === 0
      ? m.tablet_ceiling_no_teachers()
      : m.tablet_ceiling_teachers({ names: adults.join(', ') });
  return `${pupils} ${staff}`;
}
