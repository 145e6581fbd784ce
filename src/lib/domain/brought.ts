import type { NewAccount } from './account.ts';
import type { Change } from './change.ts';
import type { CommandName } from './commands/command.ts';
import { commands } from './commands/table.ts';
import type { Brought } from './facts.ts';

/** The account that the change makes, if it makes one. */
export function newAccountIn<Name extends CommandName>({
  name,
  args
}: Pick<Change<Name>, 'name' | 'args'>): NewAccount | undefined {
  return commands[name].facts.newAccount?.(args);
}

/** The key that the change brings for an account that there is, if it brings one. */
export function newKeyIn<Name extends CommandName>({
  name,
  args
}: Pick<Change<Name>, 'name' | 'args'>): Brought | undefined {
  return commands[name].facts.newKey?.(args);
}

/** The key that the change brings, with a new account or for one that there is. */
export function broughtKey<Name extends CommandName>(
  change: Pick<Change<Name>, 'name' | 'args'>
): Brought | undefined {
  const account = newAccountIn(change);
  return account ? { account: account.id, key: account.key } : newKeyIn(change);
}
