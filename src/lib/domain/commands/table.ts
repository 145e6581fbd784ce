import { accessRecord } from './access-record.ts';
import { accountErase } from './account-erase.ts';
import { accountHandOver } from './account-hand-over.ts';
import { accountKeep } from './account-keep.ts';
import { accountRename } from './account-rename.ts';
import { accountSignOut } from './account-sign-out.ts';
import type { Command, CommandName } from './command.ts';
import { commentAdd } from './comment-add.ts';
import { commentApprove } from './comment-approve.ts';
import { commentEdit } from './comment-edit.ts';
import { commentRemove } from './comment-remove.ts';
import { commentRestore } from './comment-restore.ts';
import { deviceRevoke } from './device-revoke.ts';
import { deviceSet } from './device-set.ts';
import { draftKeep } from './draft-keep.ts';
import { foundingOffer } from './founding-offer.ts';
import { groupDissolve } from './group-dissolve.ts';
import { groupMake } from './group-make.ts';
import { groupRename } from './group-rename.ts';
import { handLower } from './hand-lower.ts';
import { invitationAccept } from './invitation-accept.ts';
import { invitationCreate } from './invitation-create.ts';
import { invitationRevoke } from './invitation-revoke.ts';
import { joiningAnswer } from './joining-answer.ts';
import { keyRecover } from './key-recover.ts';
import { keyRemove } from './key-remove.ts';
import { keySet } from './key-set.ts';
import { mediaAdd } from './media-add.ts';
import { mediaApprove } from './media-approve.ts';
import { mediaRefuse } from './media-refuse.ts';
import { mediaRemove } from './media-remove.ts';
import { mediaRestore } from './media-restore.ts';
import { memberContact } from './member-contact.ts';
import { memberDisplay } from './member-display.ts';
import { memberGroups } from './member-groups.ts';
import { memberLeave } from './member-leave.ts';
import { memberProfile } from './member-profile.ts';
import { memberRemove } from './member-remove.ts';
import { memberRestore } from './member-restore.ts';
import { memberRole } from './member-role.ts';
import { noticeDismiss } from './notice-dismiss.ts';
import { pageCreate } from './page-create.ts';
import { pageForgetHistory } from './page-forget-history.ts';
import { pageFreezeAll } from './page-freeze-all.ts';
import { pageFreeze } from './page-freeze.ts';
import { pageGiveBack } from './page-give-back.ts';
import { pageHandIn } from './page-hand-in.ts';
import { pageHome } from './page-home.ts';
import { pageMove } from './page-move.ts';
import { pagePermit } from './page-permit.ts';
import { pagePublish } from './page-publish.ts';
import { pageRename } from './page-rename.ts';
import { pageRestore } from './page-restore.ts';
import { pageShow } from './page-show.ts';
import { pageTrash } from './page-trash.ts';
import { pageUnpublish } from './page-unpublish.ts';
import { pageWithdraw } from './page-withdraw.ts';
import { passwordLink } from './password-link.ts';
import { pupilAddExisting } from './pupil-add-existing.ts';
import { pupilAdd } from './pupil-add.ts';
import { reactionSet } from './reaction-set.ts';
import { settingsSet } from './settings-set.ts';
import { spaceArchive } from './space-archive.ts';
import { spaceFound } from './space-found.ts';
import { spaceRename } from './space-rename.ts';
import { spaceUnarchive } from './space-unarchive.ts';
import { tabletAdmit } from './tablet-admit.ts';
import { tabletOffer } from './tablet-offer.ts';
import { tabletSet } from './tablet-set.ts';
import { visitCreate } from './visit-create.ts';
import { visitRevoke } from './visit-revoke.ts';

/** Every command there is (DE1): what does not stand here is not understood and not done. */
export const commands: { readonly [Name in CommandName]: Command<Name> } = {
  'space.found': spaceFound,
  'founding.offer': foundingOffer,
  'invitation.create': invitationCreate,
  'invitation.revoke': invitationRevoke,
  'invitation.accept': invitationAccept,
  'pupil.add': pupilAdd,
  'member.role': memberRole,
  'member.display': memberDisplay,
  'member.remove': memberRemove,
  'member.restore': memberRestore,
  'access.record': accessRecord,
  'key.set': keySet,
  'key.recover': keyRecover,
  'password.link': passwordLink,
  'account.rename': accountRename,
  'notice.dismiss': noticeDismiss,
  'pupil.add-existing': pupilAddExisting,
  'joining.answer': joiningAnswer,
  'member.groups': memberGroups,
  'member.contact': memberContact,
  'member.leave': memberLeave,
  'account.hand-over': accountHandOver,
  'account.erase': accountErase,
  'account.keep': accountKeep,
  'account.sign-out': accountSignOut,
  'hand.lower': handLower,
  'group.make': groupMake,
  'group.rename': groupRename,
  'group.dissolve': groupDissolve,
  'settings.set': settingsSet,
  'space.rename': spaceRename,
  'space.archive': spaceArchive,
  'space.unarchive': spaceUnarchive,
  'tablet.offer': tabletOffer,
  'tablet.admit': tabletAdmit,
  'tablet.set': tabletSet,
  'device.set': deviceSet,
  'device.revoke': deviceRevoke,
  'key.remove': keyRemove,
  'member.profile': memberProfile,
  'draft.keep': draftKeep,
  'page.create': pageCreate,
  'page.rename': pageRename,
  'page.show': pageShow,
  'page.permit': pagePermit,
  'page.withdraw': pageWithdraw,
  'page.move': pageMove,
  'page.freeze': pageFreeze,
  'page.freeze-all': pageFreezeAll,
  'page.home': pageHome,
  'page.trash': pageTrash,
  'page.restore': pageRestore,
  'page.forget-history': pageForgetHistory,
  'page.publish': pagePublish,
  'page.unpublish': pageUnpublish,
  'page.hand-in': pageHandIn,
  'page.give-back': pageGiveBack,
  'comment.add': commentAdd,
  'comment.edit': commentEdit,
  'comment.remove': commentRemove,
  'comment.restore': commentRestore,
  'comment.approve': commentApprove,
  'reaction.set': reactionSet,
  'visit.create': visitCreate,
  'visit.revoke': visitRevoke,
  'media.add': mediaAdd,
  'media.remove': mediaRemove,
  'media.restore': mediaRestore,
  'media.approve': mediaApprove,
  'media.refuse': mediaRefuse
};
