import { refusalCodes, type RefusalCode } from '#lib/domain/refusals.ts';
import { roles, type Role } from '#lib/domain/roles.ts';
import { commentChoices } from '#lib/domain/settings.ts';
import { m } from '#lib/paraglide/messages.js';
import { convention } from '#lib/ui/locale.svelte.ts';
import { commentChoiceWords } from '#lib/ui/comments/comment-choice-words.ts';
import { refusalWords } from '#lib/ui/refusal-words.ts';
import { roleWord } from '#lib/ui/role-word.ts';
import { changeWords, isChangeName } from '#lib/ui/tray/change-words.ts';

type Detail = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** An entry of the activity log as the relay tells it. */
export interface LoggedEntry {
  readonly actor: string;
  /** A command; may be one that this app does not know. */
  readonly name: string;
  /** Whom or what it is about: an id. */
  readonly about?: string | undefined;
  readonly detail: Detail;
  readonly refused?: string | undefined;
  /** LO10 */
  readonly count?: number | undefined;
}

/** Names as they are today; undefined for whom or what is here no longer. */
export interface Names {
  readonly person: (account: string) => string | undefined;
  readonly group: (id: string) => string | undefined;
  readonly page: (id: string) => string | undefined;
  readonly device: (id: string) => string | undefined;
  /** For whom an invitation is, in the words of whoever made it. */
  readonly invitation: (id: string) => string | undefined;
  /** For whom a link for visitors is, likewise. */
  readonly visit: (id: string) => string | undefined;
}

interface Said {
  readonly actor: string;
  readonly subject: string;
  readonly role: string;
  readonly own: boolean;
  readonly detail: Detail;
  readonly names: Names;
}

const words: Readonly<Record<string, (said: Said) => string>> = {
  'space.found': m.activity_space_found,
  'founding.offer': m.activity_founding_offer,
  'invitation.create': m.activity_invitation_create,
  'invitation.revoke': m.activity_invitation_revoke,
  'invitation.accept': m.activity_invitation_accept,
  'pupil.add': m.activity_pupil_add,
  'pupil.add-existing': m.activity_pupil_add_existing,
  'joining.answer': (said) =>
    said.detail['allow'] === true ? m.activity_joining_yes(said) : m.activity_joining_no(said),
  'member.role': m.activity_member_role,
  'member.display': m.activity_member_display,
  'member.groups': m.activity_member_groups,
  'member.leave': m.activity_member_leave,
  'member.remove': m.activity_member_remove,
  'member.restore': m.activity_member_restore,
  'key.set': (said) => {
    if (said.detail['scope'] === 'classroom')
      return said.own ? m.activity_key_classroom_own(said) : m.activity_key_pictures(said);
    const known = said.detail['reason'] === 'someone-knows';
    if (said.own) return known ? m.activity_key_own_known(said) : m.activity_key_own(said);
    return known ? m.activity_key_someone_knows(said) : m.activity_key_forgotten(said);
  },
  'key.recover': m.activity_key_recover,
  'password.link': m.activity_password_link,
  'key.remove': m.activity_key_remove,
  'tablet.offer': (said) => m.activity_tablet_offer({ ...said, count: String(said.detail['count']) }),
  'tablet.admit': m.activity_tablet_admit,
  'tablet.set': m.activity_tablet_set,
  'device.revoke': m.activity_device_revoke,
  'member.profile': (said) =>
    said.own ? m.activity_member_profile_own(said) : m.activity_member_profile(said),
  'account.rename': (said) => {
    const what = list(listed(said.detail['changed']).map((name) => fields[name]?.() ?? name));
    return said.own
      ? m.activity_account_rename_own({ ...said, what })
      : m.activity_account_rename({ ...said, what });
  },
  'account.hand-over': (said) =>
    m.activity_account_hand_over({ ...said, to: nameOf(said.names, String(said.detail['to'])) }),
  'account.erase': m.activity_account_erase,
  'account.keep': m.activity_account_keep,
  'group.make': m.activity_group_make,
  'group.rename': m.activity_group_rename,
  'group.dissolve': m.activity_group_dissolve,
  'page.create': m.activity_page_create,
  'page.rename': m.activity_page_rename,
  'page.show': (said) =>
    said.detail['shown'] === true ? m.activity_page_show(said) : m.activity_page_hide(said),
  'page.permit': m.activity_page_permit,
  'page.withdraw': m.activity_page_withdraw,
  'page.move': m.activity_page_move,
  'page.freeze': (said) =>
    said.detail['frozen'] === true ? m.activity_page_freeze(said) : m.activity_page_thaw(said),
  'page.freeze-all': (said) =>
    said.detail['frozen'] === true ? m.activity_page_freeze_all(said) : m.activity_page_thaw_all(said),
  'page.home': (said) =>
    said.detail['home'] === true ? m.activity_page_home(said) : m.activity_page_home_off(said),
  'page.trash': m.activity_page_trash,
  'page.restore': m.activity_page_restore,
  'page.forget-history': m.activity_page_forget_history,
  'page.publish': m.activity_page_publish,
  'page.unpublish': m.activity_page_unpublish,
  'comment.add': m.activity_comment_add,
  'comment.edit': m.activity_comment_edit,
  'comment.remove': m.activity_comment_remove,
  'comment.restore': m.activity_comment_restore,
  'comment.approve': m.activity_comment_approve,
  'page.give-back': m.activity_page_give_back,
  'page.hand-in': (said) =>
    said.detail['handed'] === true ? m.activity_page_hand_in(said) : m.activity_page_take_back(said),
  'visit.create': m.activity_visit_create,
  'visit.revoke': m.activity_visit_revoke,
  'media.add': m.activity_media_add,
  'media.remove': m.activity_media_remove,
  'media.restore': m.activity_media_restore,
  'media.approve': m.activity_media_approve,
  'media.refuse': m.activity_media_refuse,
  'settings.set': (said) => m.activity_settings_set({ ...said, what: settingsWords(said.detail) }),
  'space.rename': m.activity_space_rename,
  'space.archive': m.activity_space_archive,
  'space.unarchive': m.activity_space_unarchive
};

const fields: Readonly<Record<string, () => string>> = {
  given: () => m.activity_name_given(),
  family: () => m.activity_name_family(),
  school: () => m.activity_name_school(),
  username: () => m.activity_name_username()
};

const settings: Readonly<Record<string, () => string>> = {
  teachersAddPupils: () => m.activity_setting_teachers_add(),
  teachersExport: () => m.activity_setting_teachers_export(),
  pupilsChangePassword: () => m.activity_setting_pupils_password(),
  idleLockMinutes: () => m.activity_setting_idle(),
  leaseDays: () => m.activity_setting_lease(),
  languages: () => m.activity_setting_languages(),
  mediaApproval: () => m.activity_setting_media_approval(),
  mediaSpaceMegabytes: () => m.activity_setting_media_space(),
  mediaFilmMegabytes: () => m.activity_setting_media_film(),
  mediaDayMegabytes: () => m.activity_setting_media_day(),
  comments: () => m.activity_setting_comments(),
  commentApproval: () => m.activity_setting_comment_approval()
};

/** LO8: who did what to whom: "Marta Ruiz añadió a Ana como Alumno". Refused: what was tried. */
export function activityWords(entry: LoggedEntry, names: Names): string {
  const actor = names.person(entry.actor) ?? m.activity_former();
  const subject = subjectOf(entry, names);
  if (entry.refused !== undefined) {
    const what = isChangeName(entry.name) ? changeWords(entry.name, subject) : m.activity_unknown();
    return m.activity_tried({ actor, what });
  }
  const say = Object.hasOwn(words, entry.name) ? words[entry.name] : undefined;
  const { detail, about } = entry;
  const role = roles.find((one): one is Role => one === detail['role']);
  if (say) {
    const own = about === entry.actor;
    const what = say({ actor, subject, role: role ? roleWord(role) : '', own, detail, names });
    const { behalf } = detail;
    return typeof behalf === 'string' ? m.activity_behalf({ what, whom: nameOf(names, behalf) }) : what;
  }
  const what = isChangeName(entry.name) ? changeWords(entry.name, subject) : m.activity_unknown();
  return m.activity_did({ actor, what });
}

/** What whoever was refused was told; undefined for an accepted entry and for a reason that this app does not know. */
export function activityReason({ refused }: Pick<LoggedEntry, 'refused'>): string | undefined {
  const code = refusalCodes.find((one): one is RefusalCode => one === refused);
  return code && m.activity_told({ reason: refusalWords({ refused: code }) });
}

function subjectOf({ name, about, actor, refused, count }: LoggedEntry, names: Names): string {
  // LO10: tried with this one and that.
  if (refused !== undefined && count !== undefined && about === undefined) return m.activity_somebody();
  if (name.startsWith('invitation.')) return (about && names.invitation(about)) || m.activity_a_teacher();
  if (name.startsWith('visit.')) return (about && names.visit(about)) || m.activity_a_visit();
  if (name.startsWith('tablet.')) return (about && names.device(about)) || m.activity_a_tablet();
  // Only classroom tablets have names here.
  if (name.startsWith('device.')) return (about && names.device(about)) || m.activity_own_device();
  if (name.startsWith('group.')) return (about && names.group(about)) || m.activity_a_group();
  if (name.startsWith('page.') || name.startsWith('comment.'))
    return (about && names.page(about)) || m.activity_a_page();
  // Whoever was not let in was never a member.
  if (refused !== undefined) return names.person(about ?? actor) ?? m.activity_somebody();
  return nameOf(names, about ?? actor);
}

function nameOf(names: Names, account: string): string {
  return names.person(account) ?? m.activity_a_former();
}

function settingsWords(detail: Detail): string {
  return list(
    Object.entries(detail).map(([name, value]) =>
      m.activity_setting({ name: settings[name]?.() ?? name, value: choiceWords(name, value) })
    )
  );
}

/** CO7: the choice in words; any other value as it is. */
function choiceWords(name: string, value: Detail[string]): string {
  const choice = name === 'comments' && commentChoices.find((one) => one === value);
  return choice ? commentChoiceWords[choice]() : valueWords(value);
}

function valueWords(value: Detail[string]): string {
  if (typeof value === 'boolean') return value ? m.activity_yes() : m.activity_no();
  return typeof value === 'object' ? value.join(', ') : String(value);
}

function listed(value: Detail[string] | undefined): readonly string[] {
  return typeof value === 'object' ? value : [];
}

function list(parts: readonly string[]): string {
  return new Intl.ListFormat(convention(), { type: 'conjunction' }).format(parts);
}
