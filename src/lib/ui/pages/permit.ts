import type { Grantee } from '#lib/domain/records.ts';
import type { GivenUntil } from '#lib/session/pages/grant-time.ts';

/** Who may write in a page, as it is shown. */
export interface ShownGrant {
  readonly to: Grantee;
  /** Who gave it, by name. */
  readonly by: string;
  readonly until: GivenUntil;
  /** Why this person cannot take it back. */
  readonly reason?: string | undefined;
}
