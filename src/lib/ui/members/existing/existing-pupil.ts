import type { AccountId } from '#lib/domain/ids.ts';

/** A pupil of another TwinSpace as the screens show one; what the person may not know is absent (JO8). */
export interface ShownExisting {
  readonly account: AccountId;
  readonly username: string;
  readonly school: string;
  readonly display?: string;
  readonly given?: string;
  readonly family?: string;
  readonly spaces: readonly string[];
  readonly own: boolean;
  readonly here: 'no' | 'active' | 'waiting';
}

/** Under which name the pupil will stand here: the one elsewhere or, of whom only the username is known, initials. */
export function proposedDisplay({ display, username }: ShownExisting): string {
  if (display !== undefined) return display;
  const parts = username.split('.').slice(0, 2);
  return parts.map((part) => `${(part[0] ?? '').toLocaleUpperCase('und')}.`).join(' ');
}
