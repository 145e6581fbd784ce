import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';

/** With which version of the envelope a command, or one of its arguments, came (CH3). */
export type Version = 1 | 2 | 3;

/** The commands that did not come with version 1. */
const newerCommands: { readonly [Name in CommandName]?: Version } = {
  'pupil.add-existing': 2,
  'joining.answer': 2,
  'member.groups': 2,
  'member.contact': 2,
  'member.leave': 2,
  'account.hand-over': 2,
  'account.erase': 2,
  'account.keep': 2,
  'hand.lower': 2,
  'group.make': 2,
  'group.rename': 2,
  'group.dissolve': 2,
  'settings.set': 2,
  'space.rename': 2,
  'space.archive': 2,
  'space.unarchive': 2,
  'tablet.offer': 3,
  'tablet.admit': 3,
  'tablet.set': 3,
  'device.set': 3,
  'device.revoke': 3,
  'key.remove': 3,
  'member.profile': 3,
  'draft.keep': 3,
  'account.sign-out': 3,
  'password.link': 3
};

/** The version with which the command came. */
export function commandSince(name: CommandName): Version {
  return newerCommands[name] ?? 1;
}

/** The version that these arguments need, whatever the command's own. */
export function argsSince<Name extends CommandName>(name: Name, args: CommandArgs[Name]): Version {
  if ('key' in args && args.key.scope === 'classroom') return 3;
  if ('settings' in args && args.settings.leaseDays !== undefined) return 3;
  if ('replaces' in args || (name === 'pupil.add' && 'groups' in args)) return 2;
  const { given, family, school } = args as CommandArgs['account.rename'];
  const partly = [given, family, school].some((part) => part === undefined);
  return name === 'account.rename' && partly ? 2 : 1;
}
