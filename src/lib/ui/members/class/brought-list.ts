import { readTable, type Table } from '#lib/tables/read-table.ts';

/** A list of a class that another screen hands over, as bytes of a file: in memory, and for whoever takes it next. */
let brought: Uint8Array<ArrayBuffer> | undefined;

export function bringList(bytes: Uint8Array<ArrayBuffer>): void {
  brought = bytes;
}

/** The list that was handed over, once; undefined: there is none that can be read. */
export function takeBroughtList(): { readonly table: Table; readonly bytes: Uint8Array } | undefined {
  const bytes = brought;
  brought = undefined;
  const table = bytes && readTable(bytes);
  return bytes && table && !('unreadable' in table) ? { table, bytes } : undefined;
}
