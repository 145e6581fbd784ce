import { paths } from '#lib/ui/paths.ts';
import type { Result } from '#lib/session/device/result.ts';
import { problemWords } from '#lib/ui/problem-words.ts';
import { rememberDoor } from './last-door.ts';

/** A link that can be forgotten. */
interface UsedUp {
  forget(): void;
}

/** The step that uses a link up: it is taken once at a time, and says in words what stood in its way. */
export class LastStep {
  readonly #link: UsedUp;
  busy = $state(false);
  problem: string | undefined = $state();

  constructor(link: UsedUp) {
    this.#link = link;
  }

  /** Resolves to what came of it; undefined: nothing yet, and the link still serves. */
  async take<T>(step: () => Promise<Result<T>>): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.problem = undefined;
    const answer = await step().finally(() => (this.busy = false));
    if (!answer.ok) {
      this.problem = problemWords(answer.problem);
      return undefined;
    }
    this.#link.forget();
    rememberDoor(paths.login);
    return answer.value;
  }
}
