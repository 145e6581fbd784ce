import type { Device } from '#lib/domain/device.ts';
import type { SecretHash } from '#lib/domain/ids.ts';

/** How a change came to the relay. */
export type Arrival =
  /** With the cookie of an enrolled device. */
  | { readonly is: 'device'; readonly carrier: Device }
  /** With the secret of a link: from an enrolled device, or from one that is enrolled when the change is accepted. */
  | { readonly is: 'link'; readonly secretHash: SecretHash; readonly carrier: Device }
  | {
      readonly is: 'link';
      readonly secretHash: SecretHash;
      readonly enrolWith: { readonly cookieHash: string };
    };

/** The device that brings the change; none where it is only now to be enrolled. */
export function carrierOf(way: Arrival): Device | undefined {
  return 'carrier' in way ? way.carrier : undefined;
}
