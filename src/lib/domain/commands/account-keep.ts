import { isRefusal, refuse } from '../refusals.ts';
import { mayErase } from './account-erase.ts';
import { outcome, type MemberCommand } from './command.ts';

/** ER2: calls an erasure off, before its day. */
export const accountKeep: MemberCommand<'account.keep'> = {
  by: 'member',
  facts: {
    since: 2,
    asks: ['erase-account'],
    about: ({ account }) => ({ is: 'account', id: account }),
    makes: 'nothing',
    log: { kind: 'members' }
  },
  sensitive: true,
  whileArchived: true,
  judge: (ground, { args }, actor) => {
    const allowed = mayErase(ground, args.account, actor);
    if (isRefusal(allowed)) return allowed;
    if (!ground.directory.erasure(args.account)) return refuse('erasure-unknown');
    return outcome({ doc: 'directory', map: 'erasures', key: args.account, value: null });
  }
};
