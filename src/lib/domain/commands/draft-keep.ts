import { refuse } from '../refusals.ts';
import type { Draft, DraftPlace } from '../records.ts';
import type { AccountId, SpaceId } from '../ids.ts';
import { outcome, type MemberCommand } from './command.ts';

/** DR2: the longest draft, in code points. */
export const longestDraft = 4_000;

/** Under which a draft stands in the directory. */
export function draftKey(account: AccountId, space: SpaceId, place: DraftPlace): string {
  return `${account}/${space}/${place}`;
}

/** DR1: a text that somebody has begun is kept for them, told to nobody else; an empty one is taken away. */
export const draftKeep: MemberCommand<'draft.keep'> = {
  by: 'member',
  facts: {
    since: 3,
    asks: [],
    about: 'actor',
    makes: 'nothing',
    log: 'unlogged',
    texts: { text: 'words' }
  },
  sensitive: false,
  whileArchived: true,
  judge: ({ state, directory, now }, { args, actor: account }) => {
    const { place, text } = args;
    if ([...text].length > longestDraft) return refuse('text-too-long', { longest: String(longestDraft) });
    const key = draftKey(account, state.id, place);
    if (text === '' && !directory.draft(key)) return outcome();
    const value: Draft | null = text === '' ? null : { account, space: state.id, place, text, on: now };
    return outcome({ doc: 'directory', map: 'drafts', key, value });
  }
};
