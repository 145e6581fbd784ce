import type { Component } from 'svelte';
import BookOpen from '@lucide/svelte/icons/book-open';
import HandHeart from '@lucide/svelte/icons/hand-heart';
import Heart from '@lucide/svelte/icons/heart';
import Lightbulb from '@lucide/svelte/icons/lightbulb';
import PartyPopper from '@lucide/svelte/icons/party-popper';
import Smile from '@lucide/svelte/icons/smile';
import type { ReactionKind } from '#lib/domain/records.ts';
import { m } from '#lib/paraglide/messages.js';

/** CO6: each sign as a picture and a word. */
export const reactionSigns: Readonly<
  Record<ReactionKind, { readonly icon: Component; readonly word: () => string }>
> = {
  love: { icon: Heart, word: m.comments_love },
  bravo: { icon: PartyPopper, word: m.comments_bravo },
  learned: { icon: BookOpen, word: m.comments_learned },
  idea: { icon: Lightbulb, word: m.comments_idea },
  smile: { icon: Smile, word: m.comments_smile },
  thanks: { icon: HandHeart, word: m.comments_thanks }
};
