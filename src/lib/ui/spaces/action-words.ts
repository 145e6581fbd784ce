import type { Action } from '#lib/domain/permissions.ts';
import { m } from '#lib/paraglide/messages.js';

/** The actions that a screen speaks of so far, in words. */
export const spokenActions = {
  'see-members': () => m.action_see_members(),
  'add-pupil': () => m.action_add_pupil(),
  'invite-teacher': () => m.action_invite_teacher(),
  'edit-access': () => m.action_edit_access(),
  'edit-membership': () => m.action_edit_membership(),
  'set-password': () => m.action_set_password()
} as const satisfies Partial<Record<Action, () => string>>;

export type SpokenAction = keyof typeof spokenActions;
