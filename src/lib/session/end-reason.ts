import type { KeyEnd } from './why-ended.ts';

/** Why a session ended; the sign-in screen may say so. */
export type EndReason = 'left' | 'idle' | 'other-tab' | KeyEnd | 'revoked' | 'erased';

/** After these the key still counts: what its person has begun is kept for them first (LK4). */
export const inPeace: ReadonlySet<EndReason> = new Set(['left', 'idle', 'other-tab']);

/** After these it is still the same child's turn (LK2). */
export const goesOn: ReadonlySet<EndReason> = new Set(['idle', 'other-tab']);
