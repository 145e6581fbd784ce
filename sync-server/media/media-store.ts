import type { DeviceId, MediaId, SpaceId } from '#lib/domain/ids.ts';
import type { Source } from '#lib/media/source.ts';

/** What is sent of media: the file itself, or its preview. */
export const mediaParts = ['file', 'preview'] as const;
export type MediaPart = (typeof mediaParts)[number];

/** One file of media. */
export interface FileOf {
  readonly space: SpaceId;
  readonly media: MediaId;
  readonly part: MediaPart;
}

/** What one device has begun to send of it. */
export interface Arriving extends FileOf {
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
  keep(arrived: Arriving, same?: FileOf): Promise<void>;
  /** Throws away what has arrived. */
  discard(arrived: Arriving): Promise<void>;
  /** Whether the file is there. */
  has(file: FileOf): Promise<boolean>;
  /** The bytes from `from` to before `to` of a file that is there. */
  read(file: FileOf, from: number, to: number): ReadableStream<Uint8Array>;
  remove(file: FileOf): Promise<void>;
  /** The files that were kept before this moment (milliseconds since 1970). */
  keptBefore(moment: number): Promise<readonly FileOf[]>;
  /** Throws away what began to arrive and has not gone on since this moment (milliseconds since 1970). */
  sweep(moment: number): Promise<void>;
}
