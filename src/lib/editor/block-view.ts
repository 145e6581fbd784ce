import type { Node } from 'prosemirror-model';
import type { EditorView, NodeView, ViewMutationRecord } from 'prosemirror-view';
import { blockAttributes } from './page-nodes.ts';

/**
 * PV10: a block as it is drawn in the editor. One that can be ticked off has a checkbox of the browser's own before its
 * text, called what the entry says; a finger on it leaves caret and keyboard where they are.
 */
export class BlockView implements NodeView {
  readonly dom = document.createElement('div');
  readonly contentDOM: HTMLElement;
  readonly #view: EditorView;
  readonly #place: () => number | undefined;
  readonly #unnamed: string;
  readonly #tick: HTMLInputElement | undefined;

  /** @param unnamed what an entry is called in which nothing stands yet */
  constructor(node: Node, view: EditorView, place: () => number | undefined, unnamed: string) {
    this.#view = view;
    this.#place = place;
    this.#unnamed = unnamed;
    this.#tick = isTicked(node) ? this.#makeTick() : undefined;
    this.contentDOM = this.#tick ? this.dom.appendChild(document.createElement('div')) : this.dom;
    this.#draw(node);
  }

  /** The same element goes on as a block of another kind, so that nobody who types in it is interrupted. */
  update(node: Node): boolean {
    if (isTicked(node) !== (this.#tick !== undefined)) return false;
    this.#draw(node);
    return true;
  }

  stopEvent({ target }: Event): boolean {
    return target === this.#tick;
  }

  ignoreMutation({ target }: ViewMutationRecord): boolean {
    return !this.contentDOM.contains(target);
  }

  #draw(node: Node): void {
    for (const name of this.dom.getAttributeNames())
      if (name === 'role' || name === 'aria-level') this.dom.removeAttribute(name);
    for (const [name, value] of Object.entries(blockAttributes(node))) this.dom.setAttribute(name, value);
    if (!this.#tick) return;
    this.#tick.checked = node.attrs['checked'] === true;
    this.#tick.setAttribute('aria-label', node.textContent.trim() || this.#unnamed);
  }

  #makeTick(): HTMLInputElement {
    const place = document.createElement('label');
    place.className = 'tick';
    place.contentEditable = 'false';
    // Else the caret would leave the text, and the keyboard on the screen with it.
    place.addEventListener('mousedown', (event) => event.preventDefault());
    const tick = document.createElement('input');
    tick.type = 'checkbox';
    tick.setAttribute('aria-keyshortcuts', 'Control+Enter');
    tick.addEventListener('change', () => {
      const at = this.#place();
      if (at !== undefined)
        this.#view.dispatch(this.#view.state.tr.setNodeAttribute(at, 'checked', tick.checked));
    });
    tick.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.#view.focus();
    });
    place.append(tick);
    this.dom.append(place);
    return tick;
  }
}

function isTicked({ attrs }: Node): boolean {
  return attrs['kind'] === 'check';
}
