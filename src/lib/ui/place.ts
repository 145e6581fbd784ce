import type { Component } from 'svelte';

/** A place that the rail leads to. */
export interface Place {
  readonly href: string;
  readonly label: string;
  readonly icon: Component;
  readonly current: boolean;
  /** How many things wait there. 0 shows nothing. */
  readonly badge?: number | undefined;
  /** Why it cannot be entered, and who can. */
  readonly reason?: string | undefined;
}
