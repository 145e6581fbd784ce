import { pino, type Logger } from 'pino';
import { sourcePlace } from './source-place.ts';

/** What the relay writes down: times and what happened, never a name, a username, an account or a secret (OP6). */
export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'fatal'>;

/** Structured lines on standard error; standard output is for the address and the set-up link alone. */
export function standardErrorLog(level: string = 'info'): Log {
  return pino({ base: null, level, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}

/** What a log may say of an error: its kind and its place, not its message, which may quote what somebody sent. */
export function forLog(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  const errcode = 'errcode' in error ? error.errcode : undefined;
  const stack = error.stack?.split('\n').filter((line) => line.trim().startsWith('at '));
  return { kind: error.name, code, errcode, at: stack?.slice(0, 8).map((line) => sourcePlace(line.trim())) };
}
