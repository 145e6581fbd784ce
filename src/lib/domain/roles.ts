/** The roles of a membership, strongest first. A role belongs to an account in one TwinSpace, never to an account. */
export const roles = ['teacher-admin', 'teacher', 'pupil-admin', 'pupil'] as const;

export type Role = (typeof roles)[number];

/** Who may act at all: a member with a role, or a visitor with a pass. */
export type ActorRole = Role | 'visitor';

/** Says whether the role is one of an adult. */
export function isStaff(role: ActorRole): boolean {
  return role === 'teacher-admin' || role === 'teacher';
}

/** The weaker of two roles: what remains when both bind (RO1). */
export function lowest(a: Role, b: Role): Role {
  return roles.indexOf(a) > roles.indexOf(b) ? a : b;
}

/** Says whether the first role can do at least what the second can, as ranks go (IV2: nobody grants more). */
export function reaches(role: Role, other: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(other);
}
