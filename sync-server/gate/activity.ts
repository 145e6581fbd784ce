import { aboutWhat } from '#lib/domain/about.ts';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import { commands } from '#lib/domain/commands/table.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { RefusalCode } from '#lib/domain/refusals.ts';
import type { ActivityFilter } from '#lib/protocol/activity.ts';
import type { Header } from '#lib/protocol/change.ts';
import type { NewActivity } from '#relay/storage/records.ts';

/**
 * LO1, LO3: what the log keeps of a change; undefined for one that it does not keep.
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
  const { log } = commands[name].facts;
  if (log === 'unlogged') return undefined;
  const about = args && aboutWhat({ name, args })?.id;
  return {
    space,
    received,
    actor,
    name,
    ...(about === undefined ? {} : { about }),
    // AD2: on whose behalf it was taken over.
    detail: { ...(args && log.detail?.(args)), ...(behalf ? { behalf: behalf.actor } : {}) },
    ...(refused === undefined ? {} : { refused })
  };
}

/** The commands that stand under this filter; undefined where it asks for whatever was refused. */
export function commandsUnder(filter: ActivityFilter): readonly CommandName[] | undefined {
  if (filter === 'refused') return undefined;
  const names = Object.keys(commands) as CommandName[];
  return names.filter((name) => {
    const { log } = commands[name].facts;
    return log !== 'unlogged' && log.kind === filter;
  });
}
