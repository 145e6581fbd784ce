import type { Core } from '#relay/core.ts';
import { accountPaying } from '#relay/devices/payer.ts';
import { ApiError } from './api-error.ts';

/** HT16: throws an ApiError where this device, or another of its account, has been told its share of sealed keys. */
export function affordKeys({ rates }: Core, device: Parameters<typeof accountPaying>[0]): void {
  const seconds = rates.wait('keyBytes', accountPaying(device));
  if (seconds > 0) throw new ApiError('too-many', seconds);
}
