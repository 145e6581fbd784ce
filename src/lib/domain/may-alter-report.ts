import type { ChangeName } from './change.ts';
import { commands } from './commands/table.ts';

/**
 * OB7: whether a change may alter what the relay tells a device of itself: the documents that it follows, who signs in on
 * it and with which keys. What stands in pages and what is shown there never does.
 */
export function mayAlterReport(name: ChangeName): boolean {
  if (name === 'page.edit') return false;
  const { log } = commands[name].facts;
  return log === 'unlogged' || (log.kind !== 'pages' && log.kind !== 'media');
}
