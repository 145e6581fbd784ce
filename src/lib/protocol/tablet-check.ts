import type { DeviceId } from '#lib/domain/ids.ts';

/**
 * TB4: two pairs of digits by which a teacher and a tablet that asks know each other: `48 13`. From the first eight
 * hexadecimal digits of the device's id, which are chance (RFC 9562 §5.4), modulo 10 000.
 */
export function tabletCheck(device: DeviceId): string {
  const digits = String(Number.parseInt(device.slice(0, 8), 16) % 10_000).padStart(4, '0');
  return `${digits.slice(0, 2)} ${digits.slice(2)}`;
}
