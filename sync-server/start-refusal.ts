/** Why a relay does not start. Stable, for scripts and tests. */
export type StartRefusalCode =
  | 'port-in-use'
  | 'port-not-allowed'
  | 'address-unknown'
  | 'port-invalid'
  | 'proxy-invalid'
  | 'public-url-invalid'
  | 'certificate-invalid'
  | 'ceiling-invalid'
  | 'data-unwritable'
  | 'database-locked'
  | 'database-newer'
  | 'database-corrupt'
  | 'database-full'
  | 'build-missing';

/** OP3: the relay refuses to start: what is the matter and what to do, in one sentence each. */
export class StartRefusal extends Error {
  readonly code: StartRefusalCode;

  constructor(code: StartRefusalCode, what: string, options?: { cause?: unknown }) {
    super(`${what} (${code})`, options);
    this.name = 'StartRefusal';
    this.code = code;
  }
}
