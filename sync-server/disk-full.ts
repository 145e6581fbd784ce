/** No room is left where the relay keeps what it has, or in what it gives to one kind of thing. */
export class DiskFull extends Error {
  constructor() {
    super('no room is left');
    this.name = 'DiskFull';
  }
}

/** Whether that is why it failed. */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof DiskFull) return true;
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
