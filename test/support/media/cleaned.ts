import { edited } from '#lib/media/edit.ts';
import { look, type Looked, type NotLooked } from '#lib/media/look.ts';
import { sourceOf } from '#lib/media/source.ts';

export const lookAt = (file: Uint8Array): Promise<Looked | NotLooked> => look(sourceOf(file));

/** A file as it is once what was found has been edited; undefined where it is not walked to its end. */
export async function cleaned(
  file: Uint8Array,
  how?: { readonly unread: boolean }
): Promise<Buffer | undefined> {
  const looked = await look(sourceOf(file), how);
  if ('unwalkable' in looked) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of edited(sourceOf(file), looked.edits)) pieces.push(piece);
  return Buffer.concat(pieces);
}
