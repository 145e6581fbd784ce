import type { AccountId } from '#lib/domain/ids.ts';
import type { Action } from '#lib/domain/permissions.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { SpaceView } from '#lib/session/space/space-view.svelte.ts';
import { reasonWords } from '#lib/ui/refusal-words.ts';

/** Why this person may not do it here, and who may instead; undefined when they may. */
export function reasonAgainst(
  space: SpaceView | undefined,
  action: Action,
  member?: AccountId,
  role?: Role
): string | undefined {
  const may = space?.can(action, member, role) ?? true;
  if (!space || may === true) return undefined;
  // What is switched off is switched on by whoever has the settings, not by whoever could do it.
  // What is archived nobody changes.
  if (may.refused === 'space-archived') return reasonWords(may, []);
  const helpers =
    may.refused === 'setting-off' ? space.whoMay('change-settings') : space.whoMay(action, member);
  return reasonWords(may, helpers);
}

/** Whether it is this person's to do, were the TwinSpace not archived: what was done of it can then be taken back (SP5). */
export function hasRight(space: SpaceView | undefined, action: Action): boolean {
  const may = space?.can(action) ?? true;
  return may === true || may.refused === 'space-archived';
}
