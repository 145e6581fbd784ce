import * as v from 'valibot';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import {
  accountId,
  calendarDate,
  changeId,
  displayText,
  hash,
  invitationId,
  keyId,
  nameText,
  publicKey,
  role,
  secretHash,
  usernameText
} from './schemas.ts';

const newKey = v.strictObject({
  id: keyId,
  publicKey,
  scope: v.picklist(['full', 'classroom']),
  credential: hash
});

const newAccount = v.strictObject({
  id: accountId,
  username: usernameText,
  given: nameText,
  family: nameText,
  school: displayText,
  display: displayText,
  key: newKey
});

/** The form of every command's arguments, read at the edge on both sides. What they mean is for the rules. */
export const commandSchemas: { readonly [Name in CommandName]: v.GenericSchema<unknown, CommandArgs[Name]> } =
  {
    'space.found': v.strictObject({
      name: displayText,
      account: v.exactOptional(newAccount),
      display: v.exactOptional(displayText)
    }),
    'founding.offer': v.strictObject({ secretHash, expires: calendarDate }),
    'invitation.create': v.strictObject({
      invitation: invitationId,
      role: v.picklist(['teacher', 'teacher-admin']),
      label: displayText,
      secretHash,
      expires: calendarDate
    }),
    'invitation.revoke': v.strictObject({ invitation: invitationId }),
    'invitation.accept': v.strictObject({
      invitation: invitationId,
      account: v.exactOptional(newAccount),
      display: v.exactOptional(displayText)
    }),
    'pupil.add': v.strictObject({ account: newAccount, role: v.picklist(['pupil', 'pupil-admin']) }),
    'member.role': v.strictObject({ member: accountId, role, typed: v.exactOptional(usernameText) }),
    'member.display': v.strictObject({ member: accountId, display: displayText }),
    'member.remove': v.strictObject({ member: accountId }),
    'member.restore': v.strictObject({ member: accountId }),
    'access.record': v.strictObject({ on: calendarDate }),
    'key.set': v.strictObject({
      account: accountId,
      key: newKey,
      reason: v.picklist(['forgotten', 'someone-knows', 'own', 'recovery'])
    }),
    'key.recover': v.strictObject({ account: accountId, key: newKey }),
    'account.rename': v.strictObject({
      account: accountId,
      given: nameText,
      family: nameText,
      school: displayText,
      username: v.exactOptional(usernameText)
    }),
    'notice.dismiss': v.strictObject({ notice: changeId })
  };
