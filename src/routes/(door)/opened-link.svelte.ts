import { replaceState } from '$app/navigation';
import type { LookAnswer } from '#lib/protocol/messages.ts';
import { m } from '#lib/paraglide/messages.js';
import type { App } from '#lib/session/app.svelte.ts';
import type { Problem } from '#lib/session/device/result.ts';
import { problemWords } from '#lib/ui/problem-words.ts';

/** What became of a link that somebody opened. */
export type LinkState<Look> =
  | { readonly is: 'looking' }
  | { readonly is: 'missing' }
  /** `again`: looking once more may help, since the world stood in the way, not the link. */
  | { readonly is: 'problem'; readonly words: string; readonly again: boolean }
  | { readonly is: 'open'; readonly secret: string; readonly look: Look };

/**
 * A link whose secret stands behind the # of the address. The secret is taken out of the address at once, so that
 * nobody reads it over a shoulder or finds it in the history; this tab keeps it until it is used, to survive a reload.
 */
export class OpenedLink<Kind extends LookAnswer['is']> {
  readonly #app: App;
  readonly #kind: Kind;
  state: LinkState<Extract<LookAnswer, { is: Kind }>> = $state.raw({ is: 'looking' });

  constructor(app: App, kind: Kind) {
    this.#app = app;
    this.#kind = kind;
  }

  /** Reads the secret and asks the relay what it is for. To be called once the router runs. */
  async open(): Promise<void> {
    const secret = this.#take();
    if (!secret) {
      this.state = { is: 'missing' };
      return;
    }
    this.state = { is: 'looking' };
    const answer = await this.#app.doors.lookAtLink(secret);
    if (!answer.ok)
      this.state = { is: 'problem', words: problemWords(answer.problem), again: passes(answer.problem) };
    else if (answer.value.is !== this.#kind)
      this.state = { is: 'problem', words: m.link_other_kind(), again: false };
    else {
      const look = answer.value as Extract<LookAnswer, { is: Kind }>;
      this.state = { is: 'open', secret, look };
    }
  }

  /** Used up: the tab forgets it. */
  forget(): void {
    sessionStorage.removeItem(this.#place);
  }

  get #place(): string {
    return `twinspace.link.${this.#kind}`;
  }

  #take(): string | undefined {
    const fresh = location.hash.slice(1);
    if (fresh) {
      sessionStorage.setItem(this.#place, fresh);
      replaceState(location.pathname, {});
    }
    return fresh || (sessionStorage.getItem(this.#place) ?? undefined);
  }
}

function passes(problem: Problem): boolean {
  return problem.is === 'failure' && !problem.code.startsWith('link-');
}
