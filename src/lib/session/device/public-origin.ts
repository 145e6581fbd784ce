import type { Tab } from './tab.ts';

/** OP12: with what links, codes and cards begin: as the relay told this device, else as this browser shows it. */
export function publicOrigin({ deviceRow }: Pick<Tab, 'deviceRow'>): string {
  return deviceRow.address ?? location.origin;
}
