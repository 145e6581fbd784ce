import type { Component } from 'svelte';
import Bird from '@lucide/svelte/icons/bird';
import Bug from '@lucide/svelte/icons/bug';
import Cat from '@lucide/svelte/icons/cat';
import Dog from '@lucide/svelte/icons/dog';
import Fish from '@lucide/svelte/icons/fish';
import Mouse from '@lucide/svelte/icons/rat';
import Panda from '@lucide/svelte/icons/panda';
import Rabbit from '@lucide/svelte/icons/rabbit';
import Shrimp from '@lucide/svelte/icons/shrimp';
import Snail from '@lucide/svelte/icons/snail';
import Squirrel from '@lucide/svelte/icons/squirrel';
import Turtle from '@lucide/svelte/icons/turtle';
import { discOf } from '#lib/ui/initials.ts';

const animals: readonly Component[] = [
  ...[Cat, Dog, Rabbit, Bird, Fish, Turtle],
  ...[Squirrel, Snail, Panda, Mouse, Bug, Shrimp]
];

/**
 * The animal of an account, by which a child who cannot read yet finds themselves: the same on every device, since it
 * follows from the id alone. The id is read from its end for it, so that animal and colour go together in every way.
 */
export function animalOf(id: string): Component {
  const place = discOf([...id].reverse().join('')) - 1;
  return animals[place] ?? Cat;
}
