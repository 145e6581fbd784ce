import type { Change } from './change.ts';
import type { CommandName } from './commands/command.ts';
import { commands } from './commands/table.ts';
import type { TextKind } from './facts.ts';

/** The first text of this kind that somebody has written in the change; undefined where there is none, or it is empty. */
export function textIn<Name extends CommandName>(
  { name, args }: Pick<Change<Name>, 'name' | 'args'>,
  kind: Exclude<TextKind, 'other'>
): string | undefined {
  const written: Readonly<Record<string, unknown>> = args;
  for (const [key, is] of Object.entries(commands[name].facts.texts ?? {})) {
    const text = written[key];
    if (is === kind && typeof text === 'string' && text !== '') return text;
  }
  return undefined;
}
