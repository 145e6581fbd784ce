import type { App } from '#lib/session/app.svelte.ts';

const day = 86_400_000;

/** Days that are left until nobody can sign in here without the relay (SE4); below 0: it is over; undefined: no matter. */
export function leaseDays(app: App): number | undefined {
  const { leaseEnds } = app;
  if (!leaseEnds) return undefined;
  return leaseEnds.over ? -1 : (Date.parse(leaseEnds.day) - Date.parse(app.today())) / day;
}
