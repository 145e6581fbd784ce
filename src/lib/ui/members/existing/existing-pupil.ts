import type { ExistingPupil } from '#lib/session/space/existing-pupils.ts';

/** Under which name the pupil will stand here: the one elsewhere or, of whom only the username is known, initials. */
export function proposedDisplay({ display, username }: ExistingPupil): string {
  if (display !== undefined) return display;
  const parts = username.split('.').slice(0, 2);
  return parts.map((part) => `${(part[0] ?? '').toLocaleUpperCase('und')}.`).join(' ');
}
