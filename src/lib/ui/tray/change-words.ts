import type { CommandName } from '#lib/domain/commands/command.ts';
import { m } from '#lib/paraglide/messages.js';

const words: Readonly<Record<CommandName, (about: { readonly subject: string }) => string>> = {
  'space.found': () => m.change_space_found(),
  'founding.offer': () => m.change_founding_offer(),
  'invitation.create': () => m.change_invitation_create(),
  'invitation.revoke': () => m.change_invitation_revoke(),
  'invitation.accept': () => m.change_invitation_accept(),
  'pupil.add': m.change_pupil_add,
  'member.role': m.change_member_role,
  'member.display': m.change_member_display,
  'member.remove': m.change_member_remove,
  'member.restore': m.change_member_restore,
  'access.record': m.change_access_record,
  'key.set': m.change_key_set,
  'key.recover': m.change_key_recover,
  'account.rename': m.change_account_rename,
  'notice.dismiss': () => m.change_notice_dismiss()
};

/** What a change does, in words: "Añadir a Ángel CanoRobles". */
export function changeWords(name: CommandName, subject: string): string {
  return words[name]({ subject });
}
