import * as v from 'valibot';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { mostVisitPages } from '#lib/domain/visits.ts';
import { commentChoices } from '#lib/domain/settings.ts';
import { draftPlaces, mediaKinds, previewKinds, reactionKinds } from '#lib/domain/records.ts';
import {
  accountId,
  authors,
  blockId,
  calendarDate,
  commentId,
  deviceId,
  displayText,
  fileHash,
  groupId,
  hash,
  invitationId,
  keyId,
  longText,
  mediaId,
  nameText,
  noticeKey,
  offerId,
  pageId,
  publicKey,
  role,
  secretHash,
  spaceId,
  usernameText,
  visitId
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

const pupilRole = v.picklist(['pupil', 'pupil-admin']);
const groupIds = v.pipe(v.array(groupId), v.maxLength(64));
const tabletGroups = v.union([v.literal('all'), groupIds]);
const teachers = v.pipe(v.array(accountId), v.maxLength(64));
const grantee = v.variant('is', [
  v.strictObject({ is: v.literal('member'), account: accountId }),
  v.strictObject({ is: v.literal('group'), group: groupId }),
  v.strictObject({ is: v.literal('pupils') }),
  v.strictObject({ is: v.literal('pupil-admins') })
]);
/** Caps only: PA2. */
const orderText = v.pipe(v.string(), v.maxLength(64));
/** Milliseconds since 1970, within the years of four digits. */
const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Date.UTC(9999, 0)));
/** In bytes: a file that is not empty; more than this no setting allows. */
const fileBytes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_000_000_000));
const pixels = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16_384));
/** A day, at most. */
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400));
/** A command that needs no arguments. */
const nothing = v.strictObject({});
/** One comment of a page. */
const aComment = v.strictObject({ page: pageId, comment: commentId });
const settings = v.strictObject({
  teachersAddPupils: v.exactOptional(v.boolean()),
  teachersExport: v.exactOptional(v.boolean()),
  pupilsChangePassword: v.exactOptional(v.boolean()),
  idleLockMinutes: v.exactOptional(v.number()),
  leaseDays: v.exactOptional(v.number()),
  mediaApproval: v.exactOptional(v.boolean()),
  mediaSpaceMegabytes: v.exactOptional(v.number()),
  mediaFilmMegabytes: v.exactOptional(v.number()),
  mediaDayMegabytes: v.exactOptional(v.number()),
  comments: v.exactOptional(v.picklist(commentChoices)),
  commentApproval: v.exactOptional(v.boolean()),
  languages: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(12))), v.maxLength(32)))
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
    'pupil.add': v.strictObject({
      account: newAccount,
      role: pupilRole,
      groups: v.exactOptional(groupIds)
    }),
    'pupil.add-existing': v.strictObject({ account: accountId, role: pupilRole, display: displayText }),
    'joining.answer': v.strictObject({ account: accountId, space: spaceId, allow: v.boolean() }),
    'member.role': v.strictObject({ member: accountId, role, typed: v.exactOptional(usernameText) }),
    'member.display': v.strictObject({ member: accountId, display: displayText }),
    'member.groups': v.strictObject({ member: accountId, add: groupIds, remove: groupIds }),
    'member.contact': v.strictObject({ contact: displayText }),
    'member.leave': nothing,
    'member.remove': v.strictObject({ member: accountId }),
    'member.restore': v.strictObject({ member: accountId }),
    'access.record': v.strictObject({ on: calendarDate }),
    'key.set': v.strictObject({
      account: accountId,
      key: newKey,
      reason: v.picklist(['forgotten', 'someone-knows', 'own', 'recovery']),
      replaces: v.exactOptional(keyId)
    }),
    'key.recover': v.strictObject({ account: accountId, key: newKey }),
    'password.link': v.strictObject({ account: accountId, secretHash, expires: calendarDate }),
    'account.rename': v.strictObject({
      account: accountId,
      given: v.exactOptional(nameText),
      family: v.exactOptional(nameText),
      school: v.exactOptional(displayText),
      username: v.exactOptional(usernameText)
    }),
    'account.hand-over': v.strictObject({ account: accountId, to: accountId }),
    'account.erase': v.strictObject({ account: accountId, typed: usernameText }),
    'account.keep': v.strictObject({ account: accountId }),
    'account.sign-out': nothing,
    'hand.lower': v.strictObject({ account: accountId }),
    'group.make': v.strictObject({
      group: groupId,
      name: displayText,
      kind: v.picklist(['class', 'team']),
      owner: v.exactOptional(accountId)
    }),
    'group.rename': v.strictObject({ group: groupId, name: displayText }),
    'group.dissolve': v.strictObject({ group: groupId }),
    'settings.set': v.strictObject({ settings }),
    'tablet.offer': v.strictObject({
      offer: offerId,
      secretHash,
      codeHash: secretHash,
      count: v.number(),
      groups: tabletGroups,
      teachers
    }),
    'tablet.admit': v.strictObject({ tablet: deviceId, name: displayText, groups: tabletGroups, teachers }),
    'tablet.set': v.strictObject({
      tablet: deviceId,
      name: v.exactOptional(displayText),
      groups: v.exactOptional(tabletGroups),
      teachers: v.exactOptional(teachers)
    }),
    'device.set': v.strictObject({
      device: deviceId,
      name: v.exactOptional(displayText),
      pupils: v.exactOptional(v.boolean())
    }),
    'device.revoke': v.strictObject({ device: deviceId }),
    'key.remove': v.strictObject({ account: accountId, keyId }),
    'member.profile': v.strictObject({ member: accountId, text: longText }),
    'draft.keep': v.strictObject({ place: v.picklist(draftPlaces), text: longText }),
    'page.create': v.strictObject({
      page: pageId,
      title: displayText,
      parent: v.exactOptional(pageId),
      order: orderText,
      draft: v.boolean(),
      from: v.exactOptional(v.strictObject({ on: calendarDate, ...authors }))
    }),
    'page.rename': v.strictObject({ page: pageId, title: displayText }),
    'page.show': v.strictObject({ page: pageId, shown: v.boolean() }),
    'page.permit': v.strictObject({ page: pageId, to: grantee, until: v.exactOptional(moment) }),
    'page.withdraw': v.strictObject({ page: pageId, to: grantee }),
    'page.move': v.strictObject({ page: pageId, parent: v.exactOptional(pageId), order: orderText }),
    'page.freeze': v.strictObject({ page: pageId, frozen: v.boolean() }),
    'page.freeze-all': v.strictObject({ frozen: v.boolean() }),
    'page.home': v.strictObject({ page: pageId, home: v.boolean() }),
    'page.trash': v.strictObject({ page: pageId }),
    'page.restore': v.strictObject({ page: pageId }),
    'page.forget-history': v.strictObject({ page: pageId }),
    'page.publish': v.strictObject({ page: pageId, digest: fileHash }),
    'page.unpublish': v.strictObject({ page: pageId }),
    'page.hand-in': v.strictObject({ page: pageId, handed: v.boolean() }),
    'page.give-back': v.strictObject({ page: pageId }),
    'comment.add': v.strictObject({
      page: pageId,
      comment: commentId,
      text: longText,
      about: v.exactOptional(v.strictObject({ block: blockId, quote: longText }))
    }),
    'comment.edit': v.strictObject({ page: pageId, comment: commentId, text: longText }),
    'comment.remove': aComment,
    'comment.restore': aComment,
    'comment.approve': v.strictObject({
      ...aComment.entries,
      read: v.exactOptional(v.strictObject({ by: accountId, text: longText }))
    }),
    'reaction.set': v.strictObject({
      page: pageId,
      block: v.exactOptional(blockId),
      reaction: v.exactOptional(v.picklist(reactionKinds))
    }),
    'visit.create': v.strictObject({
      visit: visitId,
      label: displayText,
      secretHash,
      expires: calendarDate,
      pages: v.union([v.literal('all'), v.pipe(v.array(pageId), v.minLength(1), v.maxLength(mostVisitPages))])
    }),
    'visit.revoke': v.strictObject({ visit: visitId }),
    'media.add': v.strictObject({
      media: mediaId,
      kind: v.picklist(mediaKinds),
      hash: fileHash,
      bytes: fileBytes,
      width: pixels,
      height: pixels,
      seconds: v.exactOptional(seconds),
      preview: v.exactOptional(
        v.strictObject({ kind: v.picklist(previewKinds), hash: fileHash, bytes: fileBytes })
      ),
      page: v.exactOptional(pageId)
    }),
    'media.remove': v.strictObject({ media: mediaId }),
    'media.restore': v.strictObject({ media: mediaId }),
    'media.approve': v.strictObject({ media: mediaId }),
    'media.refuse': v.strictObject({ media: mediaId, owner: accountId, why: displayText }),
    'space.rename': v.strictObject({ name: displayText }),
    'space.archive': nothing,
    'space.unarchive': nothing,
    'notice.dismiss': v.strictObject({ notice: noticeKey })
  };
