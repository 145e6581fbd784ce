import { pictureNames, picturesInSecret, type PictureName } from '#lib/domain/pictures.ts';
import { pickRandom } from '#lib/ui/members/pick-random.ts';

/** Four pictures by lot (KE11); none comes twice in a row: small fingers tap twice by mistake. */
export function drawPictures(): readonly PictureName[] {
  const drawn: PictureName[] = [];
  while (drawn.length < picturesInSecret) {
    const name = pictureNames[pickRandom(pictureNames.length)];
    if (name && name !== drawn.at(-1)) drawn.push(name);
  }
  return drawn;
}
