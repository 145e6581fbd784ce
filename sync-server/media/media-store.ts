import type { DeviceId } from '#lib/domain/ids.ts';
import type { Source } from '#lib/media/source.ts';
import type { MediaAddress } from '#lib/protocol/media.ts';

/** What one device has begun to send of it. */
export interface Arriving extends MediaAddress {
  readonly device: DeviceId;
}

/** A file that is open for reading, until it is closed. */
export interface OpenFile extends Source {
  readonly close: () => Promise<void>;
}

/**
 * MR6: where the bytes of media are kept. A file is there whole or not at all; what arrives is nowhere else until it is
 * kept. Fails with the system's errors: a full disk, a folder that may not be written.
 */
export interface MediaStore {
  /** In bytes: how much has arrived; 0 where nothing has. */
  arrived(of: Arriving): Promise<number>;
  /** In how many uploads of this device something has arrived. */
  begunBy(device: DeviceId): Promise<number>;
  /** Adds to what has arrived; whatever came before a part failed stays. */
  append(to: Arriving, parts: AsyncIterable<Uint8Array>): Promise<void>;
  /** What has arrived, to be looked at. */
  openArrived(of: Arriving): Promise<OpenFile>;
  /**
   * Keeps what has arrived, for good: once this resolves, no loss of power takes it.
   *
   * @param same a file with the very same bytes, which then lie on the disk once
   */
  keep(arrived: Arriving, same?: MediaAddress): Promise<void>;
  /** Throws away what has arrived. */
  discard(arrived: Arriving): Promise<void>;
  /** Whether the file is there. */
  has(file: MediaAddress): Promise<boolean>;
  /** The bytes from `from` to before `to` of a file that is there. */
  read(file: MediaAddress, from: number, to: number): ReadableStream<Uint8Array>;
  remove(file: MediaAddress): Promise<void>;
  /** The files that were kept before this moment (milliseconds since 1970). */
  keptBefore(moment: number): Promise<readonly MediaAddress[]>;
  /** Throws away what began to arrive and has not gone on since this moment (milliseconds since 1970). */
  sweep(moment: number): Promise<void>;
}
