import type { CommentChoice } from '#lib/domain/settings.ts';
import { m } from '#lib/paraglide/messages.js';

/** CO7: who may comment and react, in words. */
export const commentChoiceWords: Readonly<Record<CommentChoice, () => string>> = {
  none: m.comments_choice_none,
  reactions: m.comments_choice_reactions,
  staff: m.comments_choice_staff,
  all: m.comments_choice_all
};
