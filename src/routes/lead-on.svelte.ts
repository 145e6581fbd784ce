import { goto } from '$app/navigation';
import { navigating } from '$app/state';

/**
 * Leads on from a screen on which nobody should stand now, for as long as it is shown. Where another navigation comes in
 * between and takes the place of this one, it is made again: nobody stays behind at a door that is open.
 *
 * @param where the address to go to; undefined: this screen is the right one
 */
export function leadOn(where: () => string | undefined): void {
  $effect(() => {
    const to = where();
    if (to !== undefined && !navigating.to) void goto(to, { replaceState: true });
  });
}
