/** A picture, and how it is to be written. */
export interface EncodingQuestion {
  readonly picture: ImageBitmap;
  readonly options: ImageEncodeOptions;
}

/** The first answer says that the thread is there; the second is the picture, undefined where it could not be written. */
export type EncodingAnswer = Blob | undefined;

/** Encodes one picture in a thread of its own. */
addEventListener('message', ({ data: { picture, options } }: MessageEvent<EncodingQuestion>) => {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  picture.close();
  canvas.convertToBlob(options).then(
    (encoded) => postMessage(encoded),
    () => postMessage(undefined)
  );
});
postMessage(undefined);
