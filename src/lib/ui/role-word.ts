import type { ActorRole } from '#lib/domain/roles.ts';
import { m } from '#lib/paraglide/messages.js';

/** The word for a role in the language of the screens. */
export function roleWord(role: ActorRole): string {
  switch (role) {
    case 'teacher-admin':
      return m.role_teacher_admin();
    case 'teacher':
      return m.role_teacher();
    case 'pupil-admin':
      return m.role_pupil_admin();
    case 'pupil':
      return m.role_pupil();
    case 'visitor':
      return m.role_visitor();
    default:
      return role satisfies never;
  }
}
