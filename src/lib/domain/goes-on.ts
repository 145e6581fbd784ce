import { commands } from './commands/table.ts';
import type { Action } from './permissions.ts';

/** What is only read, with no command. */
const reading: ReadonlySet<Action> = new Set([
  'see-content',
  'see-members',
  'see-usernames',
  'contact',
  'export-invited',
  'read-log',
  'take-portfolio',
  'take-space'
]);

/** SP5: whether an action goes on in an archived TwinSpace: reading does, and that of which every command does. */
export function goesOnArchived(action: Action): boolean {
  const asking = Object.values(commands).filter(({ facts }) => facts.asks.includes(action));
  const all = asking.every((command) => command.by === 'member' && command.whileArchived);
  return reading.has(action) || (asking.length > 0 && all);
}
