import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { pageNodes } from './page-nodes.ts';

/** How wide the place before an entry is that ticks it off, in CSS pixels: for a finger, and not for the caret. */
const reach = 44;

/** An entry is ticked off where its box stands, without the keyboard on the screen coming up. */
export function ticking(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        mousedown: (view, event) => {
          const at = boxAt(view, event);
          if (at === undefined) return false;
          event.preventDefault();
          return true;
        },
        click: (view, event) => {
          const at = boxAt(view, event);
          const node = at === undefined ? null : view.state.doc.nodeAt(at);
          if (at === undefined || !node) return false;
          view.dispatch(view.state.tr.setNodeAttribute(at, 'checked', node.attrs['checked'] !== true));
          return true;
        }
      }
    }
  });
}

/** Before the block whose box is there. */
function boxAt(view: EditorView, { clientX, clientY, target }: MouseEvent): number | undefined {
  if (!view.editable || !(target instanceof HTMLElement)) return undefined;
  const rtl = getComputedStyle(view.dom).direction === 'rtl';
  for (const entry of view.dom.querySelectorAll('[data-kind=check]')) {
    const { left, right, top, bottom } = entry.getBoundingClientRect();
    const before = rtl ? clientX - right : left - clientX;
    if (clientY < top || clientY > bottom || before < 0 || before > reach) continue;
    const at = view.posAtDOM(entry, 0) - 1;
    if (view.state.doc.nodeAt(at)?.type === pageNodes.nodes.block) return at;
  }
  return undefined;
}
