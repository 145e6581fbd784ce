import {
  baseKeymap,
  chainCommands,
  deleteSelection,
  joinForward,
  selectAll,
  selectNodeForward
} from 'prosemirror-commands';
import { InputRule, inputRules } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { Plugin } from 'prosemirror-state';
import { redo, undo } from 'y-prosemirror';
import type { BlockKind } from '#lib/yjs/page-schema.ts';
import {
  backspace,
  blockAt,
  enter,
  indentList,
  newLine,
  toggleChecked,
  toggleKind,
  togglePlain
} from './commands.ts';
import { pageNodes } from './page-nodes.ts';
import { leaveTable, outOfTable, toNextCell } from './tables.ts';

/** What is typed at the beginning of a line, as Markdown has it, and what the line becomes. */
const beginnings: readonly (readonly [typed: RegExp, kind: BlockKind])[] = [
  [/^#{1,2} $/, 'heading-2'],
  [/^### $/, 'heading-3'],
  [/^#### $/, 'heading-4'],
  [/^[-*•] $/, 'bullet'],
  [/^\d{1,2}[.)] $/, 'number'],
  [/^\[[ xX]?\] $/, 'check'],
  [/^> $/, 'quote'],
  [/^! $/, 'callout']
];

/** The shortcuts. `Mod` is Ctrl, or ⌘ where a keyboard has it. */
export function shortcuts(): readonly Plugin[] {
  return [
    keymap({
      Enter: enter,
      'Shift-Enter': newLine,
      Backspace: backspace,
      'Mod-Backspace': backspace,
      'Shift-Backspace': backspace,
      Delete: chainCommands(deleteSelection, joinForward, selectNodeForward),
      // In a table, from cell to cell; its lists are indented by the toolbar.
      Tab: chainCommands(toNextCell(1), indentList(1)),
      'Shift-Tab': chainCommands(toNextCell(-1), indentList(-1)),
      ArrowDown: outOfTable('down'),
      ArrowUp: outOfTable('up'),
      'Mod-b': togglePlain('bold'),
      'Mod-i': togglePlain('italic'),
      'Mod-u': togglePlain('underline'),
      'Mod-Shift-x': togglePlain('strike'),
      'Mod-e': togglePlain('code'),
      'Mod-Alt-0': toggleKind('text'),
      'Mod-Alt-2': toggleKind('heading-2'),
      'Mod-Alt-3': toggleKind('heading-3'),
      'Mod-Alt-4': toggleKind('heading-4'),
      'Mod-Shift-7': toggleKind('number'),
      'Mod-Shift-8': toggleKind('bullet'),
      'Mod-Shift-9': toggleKind('check'),
      'Mod-Enter': chainCommands(toggleChecked, leaveTable),
      'Mod-z': undo,
      'Mod-y': redo,
      'Mod-Shift-z': redo,
      'Mod-a': selectAll
    }),
    keymap(baseKeymap)
  ];
}

/** Markdown's signs at a line's start. */
export function lineBeginnings(): Plugin {
  const rules = beginnings.map(
    ([typed, kind]) =>
      new InputRule(typed, (state, [text = ''], start, end) => {
        const block = blockAt(state);
        if (!block || block.kind === kind) return null;
        const tr = state.tr.delete(start, end);
        const at = tr.selection.$from.before();
        tr.setNodeAttribute(at, 'kind', kind);
        if (kind === 'check') tr.setNodeAttribute(at, 'checked', /x/i.test(text));
        return tr;
      })
  );
  const line = new InputRule(/^(?:---|—-)$/, (state, _, start, end) => {
    if (state.selection.$from.depth !== 1) return null;
    const tr = state.tr.delete(start, end);
    return tr.insert(tr.selection.$from.before(), pageNodes.nodes.rule.create());
  });
  return inputRules({ rules: [...rules, line] });
}
