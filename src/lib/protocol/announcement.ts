import * as v from 'valibot';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { CommandHeader } from './change.ts';
import { commandSchemas } from './command-schemas.ts';

/** ML1: what a command that was read announces of media; undefined: it is another command. */
export function announcementIn(
  { name }: Pick<CommandHeader, 'name'>,
  args: CommandArgs[CommandName]
): CommandArgs['media.add'] | undefined {
  if (name !== 'media.add') return undefined;
  const said = v.safeParse(commandSchemas[name], args);
  return said.success ? said.output : undefined;
}
