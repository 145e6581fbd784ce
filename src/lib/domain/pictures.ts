/**
 * KE11: the twelve pictures of which a small child's secret is made. Their names go into the secret: they and their
 * order never change.
 */
export const pictureNames = [
  'sun',
  'moon',
  'tree',
  'apple',
  'house',
  'umbrella',
  'key',
  'bike',
  'boat',
  'guitar',
  'rocket',
  'heart'
] as const;

export type PictureName = (typeof pictureNames)[number];

/** KE11: a secret is so many of them, in order; the same one may come again: 12⁴ = 20 736 possibilities. */
export const picturesInSecret = 4;

/**
 * The secret that these pictures are, as it goes through the derivation in place of a password; undefined where they are
 * not four of the twelve.
 */
export function pictureSecret(pictures: readonly string[]): string | undefined {
  const known = pictures.every((name) => pictureNames.some((one) => one === name));
  return known && pictures.length === picturesInSecret ? `pictures:${pictures.join('-')}` : undefined;
}
