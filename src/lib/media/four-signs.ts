/** The name of a chunk or a box: four bytes, as Latin-1. */
export function fourSigns(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3)
  );
}

/** The bytes of such a name. */
export function signBytes(name: string): readonly number[] {
  return [...name].map((sign) => sign.charCodeAt(0));
}
