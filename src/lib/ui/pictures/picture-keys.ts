import { pictureNames, type PictureName } from '#lib/domain/pictures.ts';

/** The row of keys above the letters has exactly twelve, whatever is printed on them. */
const keys = [
  ...Array.from({ length: 9 }, (_, at) => `Digit${at + 1}`),
  ...['Digit0', 'Minus', 'Equal']
] as const;

/** Which picture a key stands for; undefined: none. The number pad has the first ten. */
export function pictureOfKey(code: string): PictureName | undefined {
  return pictureNames[keys.indexOf(code.replace('Numpad', 'Digit'))];
}
