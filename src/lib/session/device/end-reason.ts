import type { KeyEnd } from './why-ended.ts';

/** Why a session ended; the sign-in screen may say so. */
export type EndReason = 'left' | 'idle' | 'other-tab' | KeyEnd | 'revoked' | 'erased' | 'shut-out';

/** After these the key may still count: what its person has begun is kept for them first (LK4). */
export const whileKeyCounts: ReadonlySet<EndReason> = new Set(['left', 'idle', 'other-tab', 'shut-out']);

/** After these it is still the same child's turn (LK2). */
export const keepsTurn: ReadonlySet<EndReason> = new Set(['idle', 'other-tab']);
