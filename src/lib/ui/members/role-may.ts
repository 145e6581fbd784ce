import type { ActorRole } from '#lib/domain/roles.ts';
import { m } from '#lib/paraglide/messages.js';

/** What somebody with the role may do, in one sentence. */
export function roleMay(role: ActorRole): string {
  switch (role) {
    case 'teacher-admin':
      return m.role_may_teacher_admin();
    case 'teacher':
      return m.role_may_teacher();
    case 'pupil-admin':
      return m.role_may_pupil_admin();
    case 'pupil':
      return m.role_may_pupil();
    case 'visitor':
      return m.role_may_visitor();
    default:
      return role satisfies never;
  }
}
