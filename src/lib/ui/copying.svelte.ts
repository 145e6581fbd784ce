/** Milliseconds for which it is said that something was copied. */
const said = 4_000;

/** Something that can be copied: whether it just was, or whether this browser will not do it. */
export class Copying {
  state: 'idle' | 'copied' | 'refused' = $state('idle');

  /** A browser may have no clipboard, or refuse it: then the person is told to do it by hand. */
  async copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.state = 'copied';
      setTimeout(() => (this.state = 'idle'), said);
    } catch {
      this.state = 'refused';
    }
  }
}
