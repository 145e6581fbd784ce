import { EditorState, Selection, TextSelection, type Command } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { initProseMirrorDoc, redo, undo, ySyncPlugin, yUndoPlugin, yUndoPluginKey } from 'y-prosemirror';
import type * as Y from 'yjs';
import { pageRoot } from '#lib/yjs/page-schema.ts';
import { BlockView } from './block-view.ts';
import { othersCarets, type Carets } from './carets.ts';
import { firstLine } from './commands.ts';
import { lineBeginnings, shortcuts } from './keys.ts';
import { MediaNodeView, type DrawMedia } from './media.ts';
import { pageNodes } from './page-nodes.ts';
import { pasting, type PasteTrouble } from './paste.ts';
import { placeIn } from './place-in.ts';
import { oneCell } from './tables.ts';
import { beginsStep } from './undo-steps.ts';
import { wholeBlocks } from './whole-blocks.ts';

/** What stays in sight above and below the caret when it is scrolled to, in CSS pixels. */
const lineAround = 24;

/** What surrounds an editor. */
export interface EditorOptions {
  /** Where it is drawn. */
  readonly place: HTMLElement;
  /** The page's title: what a screen reader calls the text. */
  readonly label: string;
  /** What an entry to be ticked off is called in which nothing stands yet. */
  readonly unnamed: string;
  /** BCP 47, of the page: for the keyboard, the spelling and the voice. */
  readonly lang: string;
  /** The caret, the selection or the text has changed. */
  readonly onchange: (state: EditorState) => void;
  /** How much of what is seen of the window lies beneath something, in CSS pixels: the caret is kept out of it. */
  readonly covered?: () => { readonly top: number; readonly bottom: number };
  /** WR7: who else writes here. */
  readonly carets?: Carets | undefined;
  /** Something was pasted that a page cannot hold whole. */
  readonly ontrouble?: (trouble: PasteTrouble) => void;
  /** How pictures, films and sounds are drawn. */
  readonly media?: DrawMedia | undefined;
  /** Files were pasted or dropped; the caret stands where. */
  readonly onfiles?: ((files: readonly File[]) => void) | undefined;
}

/**
 * An editor over a page's working document. Opening it writes nothing. Undo and redo are what was done in this editor,
 * and nothing that others did meanwhile. Whoever makes it closes it.
 */
export class PageEditor {
  readonly #view: EditorView;
  readonly #options: EditorOptions;
  #unlisten: () => void;

  constructor(doc: Y.Doc, options: EditorOptions) {
    const { place, label, unnamed, lang, onchange, covered, media } = options;
    this.#options = options;
    this.#unlisten = wholeBlocks(doc);
    const beginStep = (): void => this.#steps?.stopCapturing();
    this.#view = new EditorView(place, {
      state: this.#stateOver(doc),
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        lang,
        spellcheck: 'true'
      },
      nodeViews: {
        block: (node, view, at) => new BlockView(node, view, at, unnamed),
        ...(media ? { media: (node) => new MediaNodeView(node, media) } : {})
      },
      get scrollThreshold() {
        return { left: 0, right: 0, top: 0, bottom: 0, ...covered?.() };
      },
      get scrollMargin() {
        const { top, bottom } = covered?.() ?? { top: 0, bottom: 0 };
        return { left: 0, right: 0, top: top + lineAround, bottom: bottom + lineAround };
      },
      handleTextInput: (view, _from, _to, text) => {
        // The first sign in an empty page makes its first line.
        if (!firstLine(view.state, view.dispatch)) return false;
        view.dispatch(view.state.tr.insertText(text));
        return true;
      },
      dispatchTransaction(this: EditorView, transaction) {
        // The others' carets are told a moment later, when it may be closed already.
        if (this.isDestroyed) return;
        if (beginsStep(transaction)) beginStep();
        this.updateState(this.state.apply(transaction));
        onchange(this.state);
      }
    });
    // Else browsers type hard spaces, and new lines are not seen.
    this.#view.dom.style.whiteSpace = 'break-spaces';
  }

  /**
   * WR6: goes on with another document of the same page, from which something that was refused is gone: what is the same
   * stays on the screen as it is, with caret, focus and keyboard. What was done before can be undone here no more.
   */
  goOnWith(doc: Y.Doc): void {
    this.#unlisten();
    this.#unlisten = wholeBlocks(doc);
    const { doc: before, selection } = this.#view.state;
    const state = this.#stateOver(doc);
    const at = (place: number) => state.doc.resolve(placeIn(before, state.doc, place));
    const kept = TextSelection.between(at(selection.anchor), at(selection.head));
    this.#view.updateState(state.apply(state.tr.setSelection(kept)));
    this.#options.onchange(this.#view.state);
  }

  get state(): EditorState {
    return this.#view.state;
  }

  /** Does it as one step of what can be undone, and gives the caret back to the text. */
  run(command: Command): boolean {
    this.#steps?.stopCapturing();
    const done = command(this.#view.state, this.#view.dispatch, this.#view);
    this.#view.focus();
    return done;
  }

  /** What of this editor can be taken back, and done again. */
  get history(): { readonly undo: boolean; readonly redo: boolean } {
    return { undo: this.#steps?.canUndo() === true, redo: this.#steps?.canRedo() === true };
  }

  #stateOver(doc: Y.Doc): EditorState {
    const { carets, ontrouble, onfiles } = this.#options;
    const body = doc.getXmlFragment(pageRoot);
    const { doc: drawn, mapping } = initProseMirrorDoc(body, pageNodes);
    return EditorState.create({
      doc: drawn,
      plugins: [
        ySyncPlugin(body, { mapping }),
        yUndoPlugin(),
        ...(carets ? [othersCarets(carets)] : []),
        pasting({ ontrouble: (trouble) => ontrouble?.(trouble), onfiles }),
        oneCell(),
        lineBeginnings(),
        ...shortcuts()
      ]
    });
  }

  get #steps(): Y.UndoManager | undefined {
    return yUndoPluginKey.getState(this.#view.state)?.undoManager;
  }

  /** Whether it would do anything now. */
  can(command: Command): boolean {
    return command(this.#view.state, undefined, this.#view);
  }

  undo(): void {
    this.run((state) => undo(state));
  }

  redo(): void {
    this.run((state) => redo(state));
  }

  focus(): void {
    this.#view.focus();
  }

  /** The caret goes where one goes on writing: behind the last word. */
  goOn(): void {
    this.run(({ doc, tr }, dispatch) => {
      dispatch?.(tr.setSelection(Selection.atEnd(doc)).scrollIntoView());
      return true;
    });
  }

  close(): void {
    this.#view.destroy();
    this.#unlisten();
  }
}
