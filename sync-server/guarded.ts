import { forLog, type Log } from './log.ts';

/**
 * OP9: a listener or a timer's work that cannot end the process. What it throws, or rejects with, is logged.
 *
 * @param what as the log calls it
 * @param otherwise what is done then, with the same arguments; must not throw
 */
export function guarded<Args extends readonly unknown[]>(
  log: Log,
  what: string,
  listener: (...args: Args) => unknown,
  otherwise: (...args: Args) => void = () => undefined
): (...args: Args) => void {
  const fail = (error: unknown, args: Args): void => {
    log.error({ event: 'listener-failed', what, ...forLog(error) });
    otherwise(...args);
  };
  return (...args) => {
    try {
      const answer = listener(...args);
      if (answer instanceof Promise) answer.catch((error: unknown) => fail(error, args));
    } catch (error) {
      fail(error, args);
    }
  };
}
