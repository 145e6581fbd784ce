import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';

/** What somebody wrote in a change, readable as it is (TR1): a text or a name; undefined where nothing was written. */
export function contentOf(args: CommandArgs[CommandName]): string | undefined {
  if ('text' in args) return args.text || undefined;
  if ('contact' in args) return args.contact || undefined;
  if ('account' in args && typeof args.account === 'object') return args.account.username;
  return undefined;
}
