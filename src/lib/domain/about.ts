import type { Change } from './change.ts';
import type { AccountId } from './ids.ts';

/** Whom a change is about: who is added, changed or removed; else its author. */
export function aboutWhom({ args, actor }: Pick<Change, 'args' | 'actor'>): AccountId {
  if ('member' in args) return args.member;
  if ('account' in args && args.account)
    return typeof args.account === 'string' ? args.account : args.account.id;
  return actor;
}
