import type { AccountId } from '#lib/domain/ids.ts';
import type { MediaLook } from '#lib/domain/media-types.ts';
import type { MediaPart } from '#lib/protocol/media.ts';
import type { Bench } from '../work/bench.ts';
import type { MediaHere } from './media-here.svelte.ts';

/** Who acts, and the bytes that are here. */
export type MediaBench = Bench & { readonly media: MediaHere };

/** Media as somebody sees them in a page. */
export interface SeenMedia {
  readonly is: MediaLook;
  readonly width: number;
  readonly height: number;
  /** Of what moves or sounds. */
  readonly seconds?: number;
  /** In bytes. */
  readonly bytes: number;
  readonly owner: AccountId;
  readonly mine: boolean;
  /** ML4: an adult has yet to look at it; `shown` where this person sees it all the same. */
  readonly waits?: 'shown' | 'hidden';
  readonly removed: boolean;
  /** ML5: why an adult took it away, for its owner and staff. */
  readonly why?: string;
  /** What of it is on this device. */
  readonly part?: MediaPart;
  /** Made here, and the relay would not have it. */
  readonly refused: boolean;
  /** The relay has it, so that it comes. */
  readonly comes: boolean;
}
