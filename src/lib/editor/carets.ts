import type { Plugin } from 'prosemirror-state';
import { yCursorPlugin } from 'y-prosemirror';
import type { Awareness } from 'y-protocols/awareness';

/** Who somebody is whose caret is shown. */
export interface Caret {
  readonly name: string;
  /** The token of their colour. */
  readonly colour: string;
}

/** Where the carets of others are told, and whose they are. */
export interface Carets {
  readonly awareness: Awareness;
  readonly of: (account: string) => Caret;
}

/** What y-prosemirror hands on of a presence; it adds a name and a colour of its own, which are not used. */
interface User {
  readonly account?: unknown;
}

/** WR7: the carets and selections of the others, and the own one told to them while the text is in focus. */
export function othersCarets({ awareness, of }: Carets): Plugin {
  const caretOf = ({ account }: User): Caret => of(typeof account === 'string' ? account : '');
  return yCursorPlugin(awareness, {
    cursorBuilder: (user: User) => {
      const { name, colour } = caretOf(user);
      const [caret, flag] = [document.createElement('span'), document.createElement('span')];
      caret.className = 'caret';
      caret.style.setProperty('--of', `var(${colour})`);
      // What stands in the text is read by screen readers as text: who is here is said beside it.
      caret.setAttribute('aria-hidden', 'true');
      flag.className = 'flag';
      flag.textContent = name;
      // Joiners: without them browsers set the caret of the one who writes wrong beside it.
      caret.append('\u2060', flag, '\u2060');
      return caret;
    },
    selectionBuilder: (user: User) => ({
      class: 'others-selection',
      style: `--of: var(${caretOf(user).colour})`
    })
  }) as Plugin;
}
