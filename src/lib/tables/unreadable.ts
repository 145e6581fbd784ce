/** Why something is no table that can be read here (TA2, TA5). */
export type UnreadableCode =
  'empty' | 'too-large' | 'too-many-rows' | 'too-many-columns' | 'cell-too-long' | 'spreadsheet' | 'binary';

/** No table; with the cap that was passed, where there is one, and the line where it was noticed, from 1 on. */
export interface Unreadable {
  readonly unreadable: UnreadableCode;
  readonly limit?: number;
  readonly line?: number;
}

export function unreadable(code: UnreadableCode, detail: Omit<Unreadable, 'unreadable'> = {}): Unreadable {
  return { unreadable: code, ...detail };
}
