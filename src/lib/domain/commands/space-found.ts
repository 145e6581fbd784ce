import type { Change } from '../change.ts';
import { joiningPuts, existingAdult } from '../joining.ts';
import { isDisplay } from '../names.ts';
import { enterAccount } from '../new-account.ts';
import type { Put } from '../puts.ts';
import { isRefusal, refuse, type Refusal } from '../refusals.ts';
import type { Ground, GuestCommand, Note, Outcome } from './command.ts';

/** SP1: an adult with an open founding link founds a TwinSpace and is its first administrator. */
export const spaceFound: GuestCommand<'space.found'> = {
  by: 'guest',
  facts: {
    since: 1,
    asks: [],
    about: 'actor',
    makes: 'nothing',
    log: { kind: 'settings' },
    newAccount: ({ account }) => account,
    texts: { name: 'other', display: 'display' }
  },
  judge
};

function judge(ground: Ground, change: Change<'space.found'>): Outcome | Refusal {
  const { state, directory, now } = ground;
  const { args, actor, secretHash } = change;
  if (state.members.meta.has('space')) return refuse('space-exists');
  const founding = secretHash && directory.founding(secretHash);
  if (!secretHash || !founding) return refuse('secret-wrong');
  if (founding.usedFor) return refuse('founding-used');
  if (founding.expires < now) return refuse('founding-expired');
  if (!isDisplay(args.name)) return refuse('display-invalid');

  const puts: Put[] = [
    { doc: 'members', map: 'meta', key: 'space', value: { name: args.name, founded: now } },
    { doc: 'directory', map: 'foundings', key: secretHash, value: { ...founding, usedFor: state.id } }
  ];
  const notes: Note[] = [];
  if (args.account) {
    if (args.account.id !== actor || args.account.key.id !== change.key) return refuse('key-unknown');
    const entered = enterAccount(args.account, { kind: 'self' }, state.id, actor, directory, now);
    if (isRefusal(entered)) return entered;
    puts.push(...entered.puts, ...joiningPuts(actor, args.account.display, 'teacher-admin', actor, now));
    if (entered.username !== args.account.username) {
      notes.push({ code: 'renumbered', account: actor, from: args.account.username, to: entered.username });
    }
  } else {
    const display = args.display ?? '';
    const known = existingAdult(ground, change, display);
    if (isRefusal(known)) return known;
    puts.push(...known, ...joiningPuts(actor, display, 'teacher-admin', actor, now));
  }
  return { puts, notes };
}
