import type { Change, Edit, Envelope } from './change.ts';
import type { CommandName, Outcome } from './commands/command.ts';
import { commands } from './commands/table.ts';
import type { CalendarDate } from './dates.ts';
import type { Device } from './device.ts';
import type { Directory } from './directory.ts';
import { directoryWith } from './known-directory.ts';
import { actorIn, type Actor } from './effective-role.ts';
import { invariantBroken } from './invariants.ts';
import { project, withPuts, type SpacePut } from './puts.ts';
import { isRefusal, refuse, type Refusal } from './refusals.ts';
import { mayWrite } from './page-writing.ts';
import { pagesMovedBy } from './pages.ts';
import { takingOverEditProblem, takingOverProblem } from './taking-over.ts';
import { aboutWhom } from './about.ts';
import type { AccountId, DeviceId, SpaceId } from './ids.ts';
import type { MediaCeilings } from './settings.ts';
import { isArchived, type SpaceState } from './state.ts';

/** What surrounds a decision: all that is not part of the TwinSpace or the change. */
export interface Surroundings {
  /** The device that signed, then the one that carries; one and the same on a tablet. */
  readonly devices: readonly Device[];
  /** The relay's receipt date; on a tablet its own date. */
  readonly now: CalendarDate;
  readonly directory: Directory;
  /** Other TwinSpaces, as far as they are known: all of the account's on the relay, those followed on a tablet. */
  readonly elsewhere?: (space: SpaceId) => SpaceState | undefined;
  /** The device that the change is about; the relay alone knows (AC4). */
  readonly device?: (id: DeviceId) => Device | undefined;
  /** SG6: the relay alone knows. */
  readonly ceilings?: MediaCeilings;
}

/** What a change comes to: what its command puts and tells, and the same as it goes into documents, made once (AC5). */
export interface Decision extends Outcome {
  readonly projected: readonly SpacePut[];
}

/**
 * DE1–DE4: judges one change on one state. Pure: the same three give the same answer on the tablet, on the relay and
 * when the log is folded again. The signature has been verified before. RO7: what the membership's role would allow
 * is refused with the reason why that role does not count here.
 */
export function decide<Name extends CommandName>(
  state: SpaceState,
  change: Change<Name>,
  { devices, now, directory, elsewhere = () => undefined, device, ceilings }: Surroundings
): Refusal | Decision {
  if (!Object.hasOwn(commands, change.name)) return refuse('malformed'); // DE1
  const command = commands[change.name];
  const ground = { state, directory, now, elsewhere, device, ceilings };
  // ER6: nothing is done by, or to, an account that was erased.
  if ([change.actor, aboutWhom(change)].some((account) => isGone(directory, account, now)))
    return refuse('erased');
  let outcome: Outcome | Refusal;
  if (command.by === 'guest') {
    if (devices.some((device) => device.revoked)) return refuse('device-revoked');
    if (change.behalf) return refuse('not-adoptable'); // AD1
    outcome = command.judge(ground, change);
  } else {
    const actor = whoActs(state, change, { devices, now, directory });
    if (isRefusal(actor)) return actor;
    if (isArchived(state) && !command.whileArchived) return refuse('space-archived');
    const takingOver = takingOverProblem(state, change, actor);
    if (takingOver) return takingOver;
    if (command.sensitive && actor.key.state.is !== 'current') return refuse('key-former');
    outcome = command.judge(ground, change, actor);
    if (isRefusal(outcome) && actor.capped) {
      const uncapped = command.judge(ground, change, { ...actor, role: actor.capped.from });
      if (!isRefusal(uncapped)) return refuse(actor.capped.by);
    }
  }
  if (isRefusal(outcome)) return outcome;
  if (outcome.puts.length === 0) return { ...outcome, projected: [] };
  const puts = [...outcome.puts, ...pagesMovedBy(outcome.puts, state)];
  const after = directoryWith(directory, puts);
  const projected = project(puts, state.id, after);
  for (const space of new Set([state.id, ...projected.map((put) => put.space)])) {
    const before = space === state.id ? state : elsewhere(space);
    const broken = before && invariantBroken(withPuts(before, projected), after);
    if (broken) return broken;
  }
  return { ...outcome, puts, projected };
}

/**
 * DE1–DE4, PE23: judges whether somebody may write in a page, on what is known of the page beside its text. What they
 * write is another matter (PG3). Pure, like `decide`.
 */
export function decideEdit(state: SpaceState, edit: Edit, surroundings: Surroundings): Refusal | undefined {
  const { directory, now } = surroundings;
  if (isGone(directory, edit.actor, now)) return refuse('erased');
  const actor = whoActs(state, edit, surroundings);
  if (isRefusal(actor)) return actor;
  if (isArchived(state)) return refuse('space-archived');
  const takingOver = takingOverEditProblem(state, edit, actor);
  if (takingOver) return takingOver;
  const may = mayWrite(state, edit.page, actor, now);
  return may === true ? undefined : may;
}

/** DE3: who acts in the TwinSpace from these devices, and as what; or why nobody does. */
function whoActs(
  state: SpaceState,
  { actor: account, key }: Envelope,
  { devices, now, directory }: Pick<Surroundings, 'devices' | 'now' | 'directory'>
): Actor | Refusal {
  if (devices.some((device) => device.revoked)) return refuse('device-revoked');
  if (!state.members.meta.has('space')) return refuse('space-unknown');
  // TB5: a classroom tablet serves its own TwinSpace and no other.
  const foreign = devices.some(({ space }) => space !== undefined && space !== state.id);
  if (devices.length === 0 || foreign) return refuse('device-not-enrolled');
  return actorIn(state, directory, { account, key, devices }, now);
}

/** ER2, ER6: erased, or its day has come and the relay is about to: nobody calls it off any more. */
function isGone(directory: Directory, account: AccountId, now: CalendarDate): boolean {
  const erasure = directory.erasure(account);
  return directory.erased(account) !== undefined || (erasure !== undefined && erasure.due <= now);
}
