import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { PageId } from '#lib/domain/ids.ts';
import { Database } from '#lib/store/database.ts';
import { keepPieces } from '#lib/store/media-files.ts';
import { lookedMedia, type ArchivedMedia } from './archived-media.ts';
import { pageHere, type ArchivedPage } from './archived-page.ts';
import type { NewIds } from './new-ids.ts';

/** What a looking worker is asked: first what things are called and where they are kept, then one thing or another. */
export type LookingQuestion =
  | { readonly is: 'page'; readonly document: Uint8Array<ArrayBuffer> }
  | { readonly is: 'media'; readonly media: ArchivedMedia; readonly page: PageId | undefined }
  | { readonly is: 'keep'; readonly file: string; readonly bytes: Blob };

export type LookingMessage =
  | { readonly is: 'begin'; readonly ids: NewIds; readonly database: string }
  | { readonly is: 'ask'; readonly number: number; readonly question: LookingQuestion }
  /** Nobody wants an answer to the question of this number: it is answered as soon as nothing is under way for it. */
  | { readonly is: 'stop'; readonly number: number };

/** What a question of this kind is answered with. */
export interface AnswerTo {
  readonly page: ArchivedPage | undefined;
  readonly media: CommandArgs['media.add'] | undefined;
  readonly keep: undefined;
}

export type AnyAnswer = AnswerTo[keyof AnswerTo];

export type LookingAnswer =
  /** Once, before any question. */
  | { readonly is: 'ready' }
  /** A piece of what the question of this number is about was read. */
  | { readonly is: 'read'; readonly number: number }
  | { readonly is: 'done'; readonly number: number; readonly answer: AnyAnswer }
  | { readonly is: 'failed'; readonly number: number; readonly name: string; readonly message: string };

let ids: NewIds = { pages: new Map(), media: new Map() };
let db: Database | undefined;
/** Questions that are being answered, as long as that is wanted. */
const wanted = new Set<number>();

async function answerTo(question: LookingQuestion, read: () => void): Promise<AnyAnswer> {
  if (question.is === 'page') return pageHere(question.document, ids);
  if (question.is === 'media') return lookedMedia(question.media, question.page, read);
  if (!db) throw new Error('nowhere to keep it');
  await keepPieces(db, question.file, question.bytes, read);
  return undefined;
}

/** FA7: looks at what an archive has, and keeps it, in a thread of its own. */
addEventListener('message', ({ data }: MessageEvent<LookingMessage>) => {
  if (data.is === 'begin') {
    ids = data.ids;
    db = new Database(data.database);
    return;
  }
  if (data.is === 'stop') {
    wanted.delete(data.number);
    return;
  }
  const { number, question } = data;
  const tell = (answer: Exclude<LookingAnswer, { readonly is: 'ready' }>): void => {
    if (answer.is !== 'read') wanted.delete(number);
    postMessage(answer);
  };
  const read = (): void => {
    if (!wanted.has(number)) throw new Error('stopped');
    tell({ is: 'read', number });
  };
  wanted.add(number);
  answerTo(question, read).then(
    (answer) => tell({ is: 'done', number, answer }),
    (error: unknown) => {
      const { name, message } = rootOf(error);
      tell({ is: 'failed', number, name, message });
    }
  );
});

/** What the browser itself said of it: Dexie wraps that. */
function rootOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const { inner } = error as { readonly inner?: unknown };
  return inner instanceof Error ? rootOf(inner) : error;
}

postMessage({ is: 'ready' } satisfies LookingAnswer);
