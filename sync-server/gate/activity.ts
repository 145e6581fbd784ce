import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { ActivityDetail, ActivityFilter } from '#lib/protocol/activity.ts';
import type { Header } from '#lib/protocol/change.ts';
import type { NewActivity } from '#relay/storage/storage.ts';

/** What the log keeps of a command. */
interface Logged<Name extends CommandName> {
  /** Under which filter it is found. */
  readonly kind: Exclude<ActivityFilter, 'refused'>;
  /** Whom or what it is about: an id, never a name. Absent: about nobody but the actor. */
  readonly about?: (args: CommandArgs[Name]) => string | undefined;
  /** LO3: only what is listed here, and of that never what somebody typed. */
  readonly detail?: (args: CommandArgs[Name]) => ActivityDetail;
}

const member = {
  kind: 'members',
  about: (args: { readonly member: string }) => args.member
} as const;
const account = {
  kind: 'members',
  about: (args: { readonly account: string }) => args.account
} as const;
const tablet = { kind: 'devices', about: (args: { readonly tablet: string }) => args.tablet } as const;
const group = { kind: 'members', about: (args: { readonly group: string }) => args.group } as const;

/**
 * LO1, LO3: what of each command stands in the activity log. `unlogged`: whatever would be a history of somebody's
 * sign-ins (ME7), and what concerns nobody but the actor.
 */
const logged: { readonly [Name in CommandName]: Logged<Name> | 'unlogged' } = {
  'space.found': { kind: 'settings' },
  'founding.offer': { kind: 'links', detail: ({ expires }) => ({ expires }) },
  'invitation.create': {
    kind: 'links',
    about: ({ invitation }) => invitation,
    detail: ({ role, expires }) => ({ role, expires })
  },
  'invitation.revoke': { kind: 'links', about: ({ invitation }) => invitation },
  'invitation.accept': { kind: 'links', about: ({ invitation }) => invitation },
  'pupil.add': {
    kind: 'members',
    about: (args) => args.account.id,
    detail: ({ role }) => ({ role })
  },
  'pupil.add-existing': { ...account, detail: ({ role }) => ({ role }) },
  'joining.answer': { ...account, detail: ({ allow }) => ({ allow }) },
  'member.role': { ...member, kind: 'roles', detail: ({ role }) => ({ role }) },
  'member.display': member,
  'member.groups': member,
  'member.contact': 'unlogged',
  'member.leave': { kind: 'members' },
  'member.remove': member,
  'member.restore': member,
  'access.record': 'unlogged',
  'key.set': { ...account, kind: 'passwords', detail: ({ reason, key }) => ({ reason, scope: key.scope }) },
  'key.remove': { ...account, kind: 'passwords' },
  'key.recover': { ...account, kind: 'passwords' },
  'password.link': { ...account, kind: 'links', detail: ({ expires }) => ({ expires }) },
  'account.rename': {
    ...account,
    detail: (args) => ({
      changed: (['given', 'family', 'school', 'username'] as const).filter((name) => args[name] !== undefined)
    })
  },
  'account.hand-over': { ...account, detail: ({ to }) => ({ to }) },
  'account.erase': account,
  'account.keep': account,
  'account.sign-out': 'unlogged',
  'hand.lower': 'unlogged',
  'group.make': { ...group, detail: ({ kind }) => ({ kind }) },
  'group.rename': group,
  'group.dissolve': group,
  'settings.set': { kind: 'settings', detail: ({ settings }) => chosen(settings) },
  'space.rename': { kind: 'settings' },
  'space.archive': { kind: 'settings' },
  'space.unarchive': { kind: 'settings' },
  'tablet.offer': { kind: 'devices', detail: ({ count }) => ({ count }) },
  'tablet.admit': tablet,
  'tablet.set': tablet,
  'device.set': 'unlogged',
  'device.revoke': { kind: 'devices', about: ({ device }) => device },
  'member.profile': member,
  'draft.keep': 'unlogged',
  'notice.dismiss': 'unlogged'
};

/**
 * What the log keeps of a change; undefined for one that it does not keep.
 *
 * @param args absent where they could not be read
 * @param refused the code, where the rules or the gate have refused it (LO2)
 */
export function activityOf<Name extends CommandName>(
  { space, actor, name, behalf }: Pick<Header, 'space' | 'actor' | 'behalf'> & { readonly name: Name },
  args: CommandArgs[Name] | undefined,
  received: CalendarDate,
  refused?: RefusalCode
): NewActivity | undefined {
  const entry: Logged<Name> | 'unlogged' = logged[name];
  if (entry === 'unlogged') return undefined;
  const about = args && entry.about?.(args);
  return {
    ...{ space, received, actor, name },
    ...(about === undefined ? {} : { about }),
    // AD2: on whose behalf it was taken over.
    detail: { ...(args && entry.detail?.(args)), ...(behalf ? { behalf: behalf.actor } : {}) },
    ...(refused === undefined ? {} : { refused })
  };
}

/** Settings with their values; of languages only what has the form of a tag, for a refused one may be anything. */
function chosen({ languages, ...settings }: Partial<Settings>): ActivityDetail {
  const tags = languages?.filter((tag) => /^[a-z]{2,3}(-[A-Z]{2})?$/.test(tag));
  return { ...settings, ...(tags ? { languages: tags } : {}) };
}

/** The commands that stand under this filter; undefined where it asks for whatever was refused. */
export function commandsUnder(filter: ActivityFilter): readonly CommandName[] | undefined {
  if (filter === 'refused') return undefined;
  const names = Object.keys(logged) as CommandName[];
  return names.filter((name) => {
    const entry = logged[name];
    return entry !== 'unlogged' && entry.kind === filter;
  });
}
