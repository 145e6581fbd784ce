import type { Node } from 'prosemirror-model';
import { NodeSelection, Selection, type Command, type EditorState } from 'prosemirror-state';
import type { NodeView } from 'prosemirror-view';
import type { MediaSize } from '#lib/yjs/page-schema.ts';
import { insertBelow } from './insert-below.ts';
import { pageNodes } from './page-nodes.ts';

/** What a page says of a picture, film or sound that stands in it. */
export interface MediaWords {
  readonly media: string;
  readonly size: MediaSize;
  /** What can be seen in it. */
  readonly alt: string;
  readonly caption: string;
}

/** Draws it at a place of the page, and again when the page says something else of it. */
export type DrawMedia = (
  place: HTMLElement,
  words: MediaWords
) => { readonly update: (words: MediaWords) => void; readonly close: () => void };

function wordsOf({ attrs }: Node): MediaWords {
  return attrs as MediaWords;
}

/** What is selected, if it is such a thing. */
export function mediaAt({ selection }: EditorState): MediaWords | undefined {
  if (!(selection instanceof NodeSelection) || selection.node.type !== pageNodes.nodes.media)
    return undefined;
  return wordsOf(selection.node);
}

/** Puts them below the line of the caret, and the caret behind them. */
export function insertMedia(all: readonly MediaWords[]): Command {
  return (state, dispatch) => {
    const { tr, end } = insertBelow(state, ...all.map((words) => pageNodes.nodes.media.create({ ...words })));
    dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(end + 1))).scrollIntoView());
    return true;
  };
}

/** Says something else of what is selected; it stays selected. */
export function sayOfMedia(words: Partial<Omit<MediaWords, 'media'>>): Command {
  return (state, dispatch) => {
    const now = mediaAt(state);
    if (!now) return false;
    const { from } = state.selection;
    const tr = state.tr;
    for (const [name, value] of Object.entries(words)) tr.setNodeAttribute(from, name, value);
    dispatch?.(tr.setSelection(NodeSelection.create(tr.doc, from)));
    return true;
  };
}

/** Takes what is selected out of the page; it stays among the media of the TwinSpace. */
export const removeMedia: Command = (state, dispatch) => {
  if (!mediaAt(state)) return false;
  dispatch?.(state.tr.deleteSelection().scrollIntoView());
  return true;
};

/** A picture, film or sound as it is drawn in the editor. */
export class MediaNodeView implements NodeView {
  readonly dom = document.createElement('div');
  readonly #drawn: ReturnType<DrawMedia>;
  #node: Node;

  constructor(node: Node, draw: DrawMedia) {
    this.#node = node;
    this.dom.className = 'media-place';
    this.#drawn = draw(this.dom, wordsOf(node));
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type || wordsOf(node).media !== wordsOf(this.#node).media) return false;
    this.#node = node;
    this.#drawn.update(wordsOf(node));
    return true;
  }

  /** Its buttons and players are its own. */
  stopEvent({ target }: Event): boolean {
    return target instanceof Element && target.closest('button, video, audio') !== null;
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    this.#drawn.close();
  }
}
