import { tick } from 'svelte';

/** The button in it takes the focus when it appears, once the dialog around it is open. */
export function atOnce(element: HTMLElement): void {
  void tick().then(() => element.querySelector('button')?.focus());
}
