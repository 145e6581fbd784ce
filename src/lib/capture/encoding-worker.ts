/** A picture, and how it is to be written. */
export interface EncodingQuestion {
  readonly picture: ImageBitmap;
  readonly options: ImageEncodeOptions;
}

/** That the thread is there, said once and first; then the picture, or that it could not be written. */
export type EncodingAnswer = 'here' | 'failed' | Blob;

const answer = (said: EncodingAnswer): void => postMessage(said);

/** Encodes one picture in a thread of its own. */
addEventListener('message', ({ data: { picture, options } }: MessageEvent<EncodingQuestion>) => {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  picture.close();
  canvas.convertToBlob(options).then(answer, () => answer('failed'));
});
answer('here');
