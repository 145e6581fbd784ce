import type { AccountId } from '#lib/domain/ids.ts';
import type { PictureName } from '#lib/domain/pictures.ts';
import type { App } from '#lib/session/app.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Choosable } from '#lib/ui/door/People.svelte';
import { failureWords } from '#lib/ui/failure-words.ts';
import type { Problem } from '#lib/session/device/result.ts';

/** One attempt after another at a sign-in screen, up to the one that succeeds. */
export class SignIn {
  readonly #app: App;
  busy = $state(false);
  problem: string | undefined = $state();
  candidates: readonly Choosable[] = $state.raw([]);
  /** Attempts are held up here: until that moment (milliseconds), or until an adult helps. */
  held: { readonly until: number } | 'locked' | undefined = $state.raw();

  constructor(app: App) {
    this.#app = app;
  }

  /** Why the session before ended, in words; nothing when somebody left. */
  get notice(): string | undefined {
    switch (this.#app.ended) {
      case 'idle':
        return m.ended_idle();
      case 'key-changed':
        return m.ended_key_changed();
      case 'class-key-over':
        return m.ended_class_key_over();
      case 'pictures-over':
        return m.ended_pictures_over();
      case 'key-refused':
        return m.ended_key_refused();
      case 'revoked':
        return m.ended_revoked();
      case 'shut-out':
        return m.ended_shut_out();
      case 'erased':
        return m.ended_erased();
      default:
        return undefined;
    }
  }

  /** Resolves to true when the person is in. */
  async attempt(username: string, password: string, pick?: string): Promise<boolean> {
    this.busy = true;
    this.problem = undefined;
    const answer = await this.#app.signIn(username, password, pick as AccountId | undefined);
    this.busy = false;
    if (!answer.ok) {
      this.candidates = [];
      // Whoever was chosen by a tap has typed no username that could be wrong.
      if (pick && isWrong(answer.problem)) this.problem = m.door_password_wrong();
      else await this.#failed(answer.problem);
      return false;
    }
    if (answer.value.is === 'choose') {
      this.candidates = answer.value.candidates;
      return false;
    }
    return true;
  }

  /** KE11: the same with four pictures, of somebody whose tile was tapped. */
  async pictures(account: AccountId, chosen: readonly PictureName[]): Promise<boolean> {
    this.busy = true;
    this.problem = undefined;
    const answer = await this.#app.signInWithPictures(account, chosen);
    this.busy = false;
    if (answer.ok) return true;
    if (isWrong(answer.problem)) this.problem = m.door_pictures_wrong();
    else await this.#failed(answer.problem);
    return false;
  }

  /** Somebody else is asked: nothing of the attempts before is shown. */
  forget(): void {
    this.problem = undefined;
    this.held = undefined;
    this.candidates = [];
  }

  async #failed(problem: Problem): Promise<void> {
    if (problem.is === 'failure' && problem.code === 'locked-here') this.held = 'locked';
    if (problem.is === 'failure' && problem.code === 'slow-down')
      this.held = { until: Date.now() + (problem.seconds ?? 1) * 1_000 };
    this.problem = await words(problem);
  }
}

function isWrong(problem: Problem): boolean {
  return problem.is === 'failure' && problem.code === 'sign-in-wrong';
}

/** The rules say no only rarely here: their many words are loaded when they do. */
async function words(problem: Problem): Promise<string> {
  if (problem.is === 'failure') return failureWords(problem);
  const { refusalWords } = await import('#lib/ui/refusal-words.ts');
  return refusalWords(problem.refusal);
}
