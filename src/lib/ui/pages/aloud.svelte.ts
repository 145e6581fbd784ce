import { saidInOneGo, voiceFor, wordAt, type Stretch, type Voice } from '#lib/ui/pages/read-aloud.ts';
import type { Speaker } from '#lib/ui/pages/speaker.ts';

/** A block of the page with its letters as they stand in the document. */
interface Said {
  readonly element: HTMLElement;
  readonly text: string;
  readonly nodes: readonly { readonly node: Text; readonly from: number }[];
}

/** The name under which the word that is being read is marked (`::highlight`). */
const mark = 'said';

/**
 * Reads the blocks of a page (`data-say`) one after another with a voice of the device, and marks each word as it is
 * read; where a browser cannot mark words, or a voice does not tell of them, the block. A pause is an end that is
 * remembered: some browsers never come back from their own.
 */
export class Aloud {
  state = $state<'silent' | 'reading' | 'paused'>('silent');
  /** Whether a voice of this device speaks the page's language. */
  voiced = $state(false);

  readonly #speaker: Speaker;
  readonly #lang: string;
  readonly #deafen: () => void;
  #blocks: readonly Said[] = [];
  #at = { block: 0, place: 0 };

  constructor(speaker: Speaker, lang: string) {
    this.#speaker = speaker;
    this.#lang = lang;
    const hear = (): void => {
      this.voiced = this.#voice() !== undefined;
    };
    hear();
    this.#deafen = speaker.onvoices(hear);
  }

  /** From the beginning, or from where it was paused. */
  read(root: HTMLElement): void {
    if (this.state === 'silent') {
      this.#blocks = blocksIn(root);
      this.#at = { block: 0, place: 0 };
    }
    this.state = 'reading';
    this.#next();
  }

  pause(): void {
    this.state = 'paused';
    this.#speaker.hush();
  }

  stop(): void {
    this.state = 'silent';
    this.#speaker.hush();
    this.#unmark();
  }

  close(): void {
    this.stop();
    this.#deafen();
  }

  #voice(): Voice | undefined {
    return voiceFor(this.#speaker.voices(), this.#lang, navigator.onLine);
  }

  #next(): void {
    const block = this.#blocks[this.#at.block];
    const voice = this.#voice();
    if (!block || !voice) return this.stop();
    const [part] = block.element.isConnected ? saidInOneGo(block.text.slice(this.#at.place)) : [];
    if (!part) {
      this.#at = { block: this.#at.block + 1, place: 0 };
      return this.#next();
    }
    const from = this.#at.place + part.from;
    const to = this.#at.place + part.to;
    this.#mark(block);
    block.element.scrollIntoView({ block: 'nearest' });

    this.#speaker.say(block.text.slice(from, to), voice, {
      onword: (place, length) => {
        this.#at = { ...this.#at, place: from + place };
        this.#mark(block, wordAt(block.text, from + place, length));
      },
      onend: () => {
        this.#at = { ...this.#at, place: to };
        this.#next();
      },
      onfail: () => this.stop()
    });
  }

  #mark(block: Said, word?: Stretch): void {
    this.#unmark();
    const range = word && rangeOf(block, word);
    if (range && marksWords()) CSS.highlights.set(mark, new Highlight(range));
    else block.element.dataset['saying'] = '';
  }

  #unmark(): void {
    if (marksWords()) CSS.highlights.delete(mark);
    for (const { element } of this.#blocks) delete element.dataset['saying'];
  }
}

/** Safari has it from 17.2 on, Firefox from 140. */
function marksWords(): boolean {
  return 'Highlight' in globalThis && 'highlights' in CSS;
}

/** What is read of a page: its blocks as they are seen, without what stands there for screen readers alone. */
function blocksIn(root: HTMLElement): readonly Said[] {
  return Array.from(root.querySelectorAll<HTMLElement>('[data-say]'), (element) => {
    const nodes: { node: Text; from: number }[] = [];
    let text = '';
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!(node instanceof Text) || node.parentElement?.closest('.visually-hidden')) continue;
      nodes.push({ node, from: text.length });
      text += node.data;
    }
    return { element, text, nodes };
  });
}

function rangeOf({ nodes }: Said, { from, to }: Stretch): Range | undefined {
  const start = nodes.findLast((one) => one.from <= from);
  const end = nodes.findLast((one) => one.from < to);
  if (!start || !end || to <= from) return undefined;
  const range = document.createRange();
  range.setStart(start.node, Math.min(from - start.from, start.node.length));
  range.setEnd(end.node, Math.min(to - end.from, end.node.length));
  return range;
}
