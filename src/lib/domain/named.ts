import type { Change } from './change.ts';
import type { CommandName } from './commands/command.ts';
import { commands } from './commands/table.ts';
import type { CommentId, DeviceId, GroupId, PageId, SpaceId } from './ids.ts';

/** The groups that a change makes or names. */
export function groupsNamed<Name extends CommandName>({
  name,
  args
}: Pick<Change<Name>, 'name' | 'args'>): readonly GroupId[] {
  return commands[name].facts.groups?.(args) ?? [];
}

/** The pages that a change makes or names. */
export function pagesNamed<Name extends CommandName>({
  name,
  args
}: Pick<Change<Name>, 'name' | 'args'>): readonly PageId[] {
  return commands[name].facts.pages?.(args) ?? [];
}

/** The comments that a change makes or names. */
export function commentsNamed<Name extends CommandName>({
  name,
  args
}: Pick<Change<Name>, 'name' | 'args'>): readonly CommentId[] {
  return commands[name].facts.comments?.(args) ?? [];
}

/** The devices that a change names. */
export function devicesNamed<Name extends CommandName>({
  name,
  args
}: Pick<Change<Name>, 'name' | 'args'>): readonly DeviceId[] {
  return commands[name].facts.devices?.(args) ?? [];
}

/** The other TwinSpaces that a change names. */
export function spacesNamed<Name extends CommandName>({
  name,
  args
}: Pick<Change<Name>, 'name' | 'args'>): readonly SpaceId[] {
  return commands[name].facts.spaces?.(args) ?? [];
}
