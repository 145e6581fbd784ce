import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { PageId } from '#lib/domain/ids.ts';
import { lookedMedia, type ArchivedMedia } from './archived-media.ts';
import { pageHere, type ArchivedPage } from './archived-page.ts';
import type { NewIds } from './new-ids.ts';

/** What a looking worker is asked: first what things are called, then one thing after the other. */
export type LookingQuestion =
  | { readonly is: 'ids'; readonly ids: NewIds }
  | { readonly is: 'page'; readonly document: Uint8Array<ArrayBuffer> }
  | { readonly is: 'media'; readonly media: ArchivedMedia; readonly page: PageId | undefined };

export type LookingAnswer =
  /** Once, before any question. */
  | { readonly is: 'ready' }
  | { readonly is: 'read' }
  | { readonly is: 'page'; readonly page: ArchivedPage | undefined }
  | { readonly is: 'media'; readonly args: CommandArgs['media.add'] | undefined }
  | { readonly is: 'failed'; readonly name: string; readonly message: string };

let ids: NewIds = { pages: new Map(), media: new Map() };

async function answerTo(
  question: Exclude<LookingQuestion, { readonly is: 'ids' }>
): Promise<Exclude<LookingAnswer, { readonly is: 'ready' | 'read' | 'failed' }>> {
  if (question.is === 'page') return { is: 'page', page: pageHere(question.document, ids) };
  const read = (): void => postMessage({ is: 'read' } satisfies LookingAnswer);
  return { is: 'media', args: await lookedMedia(question.media, question.page, read) };
}

/** FA7: looks at what an archive has in a thread of its own. */
addEventListener('message', ({ data }: MessageEvent<LookingQuestion>) => {
  if (data.is === 'ids') {
    ids = data.ids;
    return;
  }
  answerTo(data).then(
    (answer) => postMessage(answer),
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      postMessage({ is: 'failed', name, message } satisfies LookingAnswer);
    }
  );
});

postMessage({ is: 'ready' } satisfies LookingAnswer);
