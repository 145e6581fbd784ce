import type { Component } from 'svelte';
import Apple from '@lucide/svelte/icons/apple';
import Bike from '@lucide/svelte/icons/bike';
import Boat from '@lucide/svelte/icons/sailboat';
import Guitar from '@lucide/svelte/icons/guitar';
import Heart from '@lucide/svelte/icons/heart';
import House from '@lucide/svelte/icons/house';
import Key from '@lucide/svelte/icons/key';
import Moon from '@lucide/svelte/icons/moon';
import Rocket from '@lucide/svelte/icons/rocket';
import Sun from '@lucide/svelte/icons/sun';
import Tree from '@lucide/svelte/icons/tree-deciduous';
import Umbrella from '@lucide/svelte/icons/umbrella';
import type { PictureName } from '#lib/domain/pictures.ts';
import { m } from '#lib/paraglide/messages.js';

/** How one of the pictures looks of which a small child's secret is made (KE11). */
export interface Picture {
  readonly icon: Component;
  /** In the language of the screens. */
  readonly word: () => string;
  /** The number of the disc colour that its tile is tinted with. */
  readonly tint: number;
}

/** No two have the same outline, so that they are told apart without colour. */
export const looks: Readonly<Record<PictureName, Picture>> = {
  sun: { icon: Sun, word: m.picture_sun, tint: 6 },
  moon: { icon: Moon, word: m.picture_moon, tint: 3 },
  tree: { icon: Tree, word: m.picture_tree, tint: 4 },
  apple: { icon: Apple, word: m.picture_apple, tint: 9 },
  house: { icon: House, word: m.picture_house, tint: 2 },
  umbrella: { icon: Umbrella, word: m.picture_umbrella, tint: 8 },
  key: { icon: Key, word: m.picture_key, tint: 10 },
  bike: { icon: Bike, word: m.picture_bike, tint: 1 },
  boat: { icon: Boat, word: m.picture_boat, tint: 7 },
  guitar: { icon: Guitar, word: m.picture_guitar, tint: 11 },
  rocket: { icon: Rocket, word: m.picture_rocket, tint: 12 },
  heart: { icon: Heart, word: m.picture_heart, tint: 5 }
};
