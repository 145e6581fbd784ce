import { fullKeyProblem } from '../full-key.ts';
import { can } from '../permissions.ts';
import { isRefusal, refuse } from '../refusals.ts';
import { roomProblem } from '../tablet-room.ts';
import { listed, scopeProblem } from '../tablet-scope.ts';
import { outcome, type MemberCommand } from './command.ts';

/** TB1: so many tablets may ask with one code: a cart, and some. */
export const mostTablets = 60;

/**
 * TB1–TB3: classroom tablets may ask to be let in. Nothing is written by it but what the relay keeps for ten minutes:
 * the hashes of secret and code.
 */
export const tabletOffer: MemberCommand<'tablet.offer'> = {
  by: 'member',
  facts: {
    since: 3,
    asks: ['enrol-tablet'],
    about: 'actor',
    makes: 'nothing',
    log: { kind: 'devices', detail: ({ count }) => ({ count }) },
    groups: ({ groups }) => listed(groups)
  },
  sensitive: true,
  judge: (ground, { args }, actor) => {
    const allowed = can(actor.role, 'enrol-tablet');
    if (isRefusal(allowed)) return allowed;
    const { count } = args;
    if (!Number.isInteger(count) || count < 1 || count > mostTablets) return refuse('tablet-count');
    return (
      fullKeyProblem(actor) ??
      scopeProblem(ground, actor, args) ??
      roomProblem(ground.state, count) ??
      outcome()
    );
  }
};
