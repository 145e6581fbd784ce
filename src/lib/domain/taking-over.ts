import type { Change, Edit, Envelope } from './change.ts';
import type { CommandName } from './commands/command.ts';
import { commands } from './commands/table.ts';
import type { Actor } from './effective-role.ts';
import { refuse, type Refusal } from './refusals.ts';
import { isStaff } from './roles.ts';
import type { SpaceState } from './state.ts';

/** AD1: whether a change is of the kind that may be taken over: a new pupil, as `pupil`, a new page, or what a member tells. */
export function mayBeTakenOver<Name extends CommandName>({
  name,
  args
}: Pick<Change<Name>, 'name' | 'args'>): boolean {
  const command = commands[name];
  return command.by === 'member' && command.mayBeTakenOver?.(args) === true;
}

/**
 * AD1, AD2: why a change that somebody takes over from another cannot be taken over; nothing for one that may, or that is
 * the actor's own. Whether the other one ever made it nobody can tell; that they are or were a member here, everybody.
 * What it does is then judged by the actor's own rights.
 */
export function takingOverProblem(state: SpaceState, change: Change, actor: Actor): Refusal | undefined {
  if (!change.behalf) return undefined;
  if (!mayBeTakenOver(change)) return refuse('not-adoptable');
  return takerProblem(state, change, actor);
}

/** AD1, AD2: the same of what somebody wrote in a page, which may always be taken over. */
export function takingOverEditProblem(state: SpaceState, edit: Edit, actor: Actor): Refusal | undefined {
  return edit.behalf && takerProblem(state, edit, actor);
}

function takerProblem(
  { members }: SpaceState,
  { behalf, actor }: Envelope,
  { role, capped }: Actor
): Refusal | undefined {
  if (!behalf || behalf.actor === actor || !members.members.has(behalf.actor)) return refuse('not-adoptable');
  if (isStaff(role)) return undefined;
  return refuse(capped && isStaff(capped.from) ? capped.by : 'not-adoptable');
}
