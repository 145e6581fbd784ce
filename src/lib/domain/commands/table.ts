import { accessRecord } from './access-record.ts';
import { accountRename } from './account-rename.ts';
import type { Command, CommandName } from './command.ts';
import { foundingOffer } from './founding-offer.ts';
import { invitationAccept } from './invitation-accept.ts';
import { invitationCreate } from './invitation-create.ts';
import { invitationRevoke } from './invitation-revoke.ts';
import { keyRecover } from './key-recover.ts';
import { keySet } from './key-set.ts';
import { memberDisplay } from './member-display.ts';
import { memberRemove } from './member-remove.ts';
import { memberRestore } from './member-restore.ts';
import { memberRole } from './member-role.ts';
import { noticeDismiss } from './notice-dismiss.ts';
import { pupilAdd } from './pupil-add.ts';
import { spaceFound } from './space-found.ts';

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
  'account.rename': accountRename,
  'notice.dismiss': noticeDismiss
};
