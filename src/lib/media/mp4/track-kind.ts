/** What a track is: only pictures and sound are kept. Places, times and counters of cameras run in others. */
export type TrackKind = 'picture' | 'sound' | 'other';

/** By the handler (ISO/IEC 14496-12, 8.4.3). */
export function trackKind(handler: string): TrackKind {
  if (handler === 'vide') return 'picture';
  return handler === 'soun' ? 'sound' : 'other';
}
