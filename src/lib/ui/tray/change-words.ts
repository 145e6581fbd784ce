import type { ChangeName } from '#lib/domain/change.ts';
import { m } from '#lib/paraglide/messages.js';

const words: Readonly<Record<ChangeName, (about: { readonly subject: string }) => string>> = {
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
  'password.link': m.change_password_link,
  'account.rename': m.change_account_rename,
  'pupil.add-existing': m.change_pupil_add_existing,
  'joining.answer': m.change_joining_answer,
  'member.groups': m.change_member_groups,
  'member.contact': () => m.change_member_contact(),
  'member.leave': () => m.change_member_leave(),
  'account.hand-over': m.change_account_hand_over,
  'account.erase': m.change_account_erase,
  'account.keep': m.change_account_keep,
  'account.sign-out': () => m.change_account_sign_out(),
  'hand.lower': m.change_hand_lower,
  'group.make': m.change_group_make,
  'group.rename': m.change_group_rename,
  'group.dissolve': m.change_group_dissolve,
  'settings.set': () => m.change_settings_set(),
  'space.rename': () => m.change_space_rename(),
  'space.archive': () => m.change_space_archive(),
  'space.unarchive': () => m.change_space_unarchive(),
  'tablet.offer': () => m.change_tablet_offer(),
  'tablet.admit': () => m.change_tablet_admit(),
  'tablet.set': () => m.change_tablet_set(),
  'device.set': () => m.change_device_set(),
  'device.revoke': () => m.change_device_revoke(),
  'key.remove': m.change_key_remove,
  'member.profile': m.change_member_profile,
  'draft.keep': () => m.change_draft_keep(),
  'page.create': m.change_page_create,
  'page.rename': m.change_page_rename,
  'page.show': m.change_page_show,
  'page.permit': m.change_page_permit,
  'page.withdraw': m.change_page_withdraw,
  'page.move': m.change_page_move,
  'page.freeze': m.change_page_freeze,
  'page.freeze-all': () => m.change_page_freeze_all(),
  'page.home': m.change_page_home,
  'page.trash': m.change_page_trash,
  'page.restore': m.change_page_restore,
  'page.forget-history': m.change_page_forget_history,
  'page.publish': m.change_page_publish,
  'page.unpublish': m.change_page_unpublish,
  'visit.create': () => m.change_visit_create(),
  'visit.revoke': () => m.change_visit_revoke(),
  'page.edit': m.change_page_edit,
  'media.add': () => m.change_media_add(),
  'media.remove': () => m.change_media_remove(),
  'media.restore': () => m.change_media_restore(),
  'media.approve': () => m.change_media_approve(),
  'media.refuse': m.change_media_refuse,
  'notice.dismiss': () => m.change_notice_dismiss()
};

/** Whether this app knows a command of that name. */
export function isChangeName(name: string): name is ChangeName {
  return Object.hasOwn(words, name);
}

/** What a change does, in words: "Añadir a Ángel CanoRobles". */
export function changeWords(name: ChangeName, subject: string): string {
  return words[name]({ subject });
}
