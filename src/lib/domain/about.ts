import type { Change } from './change.ts';
import type { CommandName } from './commands/command.ts';
import { commands } from './commands/table.ts';
import type { About } from './facts.ts';
import type { AccountId } from './ids.ts';

/** Whom or what a change is about; undefined: nobody and nothing but its author, or the TwinSpace itself. */
export function aboutWhat<Name extends CommandName>({
  name,
  args
}: Pick<Change<Name>, 'name' | 'args'>): About | undefined {
  const { about } = commands[name].facts;
  return about === 'actor' ? undefined : about(args);
}

/** Whom a change is about: who is added, changed or removed; else its author. */
export function aboutWhom<Name extends CommandName>(
  change: Pick<Change<Name>, 'name' | 'args' | 'actor'>
): AccountId {
  const what = aboutWhat(change);
  return what?.is === 'account' ? what.id : change.actor;
}
