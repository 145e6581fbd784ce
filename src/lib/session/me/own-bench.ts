import type { SpaceView } from '../space/space-view.svelte.ts';
import type { Bench } from '../work/bench.ts';

/** The work of somebody who looks at their own account from within their TwinSpaces. */
export interface OwnBench extends Bench {
  readonly spaces: readonly SpaceView[];
}
