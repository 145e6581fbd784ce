import type { CommandName } from '#lib/domain/commands/command.ts';
import { commands } from '#lib/domain/commands/table.ts';

/** GA4: whether the command is one of those that come with the secret of a link instead of a membership. */
export function isGuestCommand(name: CommandName): boolean {
  return commands[name].by === 'guest';
}
