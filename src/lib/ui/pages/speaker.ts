import type { Voice } from '#lib/ui/pages/read-aloud.ts';

/** What is told while a text is being said. */
export interface Told {
  /** A word begins at this place of the text; how long it is not every voice tells. */
  readonly onword: (place: number, length: number) => void;
  /** All of it has been said. */
  readonly onend: () => void;
  readonly onfail: () => void;
}

/** Whatever says a text aloud. One text at a time; what is broken off tells no more. */
export interface Speaker<One extends Voice = Voice> {
  voices(): readonly One[];
  say(text: string, voice: One, told: Told): void;
  hush(): void;
  /** @returns stops telling that there are other voices now: browsers find them late */
  onvoices(tell: () => void): () => void;
}

/** How fast: a little slower than one speaks, for whoever reads along. */
const rate = 0.9;

/** The browser's own voices (Web Speech API); undefined where it has none. */
export function browserSpeaker(): Speaker<SpeechSynthesisVoice> | undefined {
  const speech: SpeechSynthesis | undefined = globalThis.speechSynthesis;
  if (!speech) return undefined;
  let going: SpeechSynthesisUtterance | undefined;
  return {
    voices: () => speech.getVoices(),
    say(text, voice, { onword, onend, onfail }) {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = rate;
      utterance.onboundary = ({ name, charIndex, charLength }) => {
        if (going === utterance && name !== 'sentence') onword(charIndex, charLength);
      };
      utterance.onend = () => going === utterance && onend();
      utterance.onerror = () => going === utterance && onfail();
      going = utterance;
      speech.speak(utterance);
    },
    hush() {
      going = undefined;
      speech.cancel();
    },
    onvoices(tell) {
      speech.addEventListener('voiceschanged', tell);
      return () => speech.removeEventListener('voiceschanged', tell);
    }
  };
}
