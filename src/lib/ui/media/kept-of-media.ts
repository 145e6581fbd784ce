import type { Kept } from '#lib/ui/kept.ts';

/** CO11: where what somebody has begun to say of a picture, film or sound is kept. */
export type KeptOfMedia = (media: string) => { readonly alt: Kept; readonly caption: Kept };
