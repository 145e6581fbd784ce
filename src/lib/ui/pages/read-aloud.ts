/** What of a browser's voice is asked (`SpeechSynthesisVoice`). */
export interface Voice {
  readonly lang: string;
  readonly localService: boolean;
  readonly default: boolean;
  readonly name: string;
}

/** The voice that reads a page, and whether it does without a network; undefined: none speaks its language. */
export function voiceFor<One extends Voice>(
  voices: readonly One[],
  lang: string,
  online: boolean
): One | undefined {
  const [language = ''] = normal(lang).split('-');
  const rank = (voice: One): number =>
    (voice.localService ? 4 : 0) + (normal(voice.lang) === normal(lang) ? 2 : 0) + (voice.default ? 1 : 0);
  return voices
    .filter((voice) => normal(voice.lang).split('-')[0] === language && (voice.localService || online))
    .sort((a, b) => rank(b) - rank(a))[0];
}

/** A stretch of a text: from the one place up to the other, in UTF-16 units. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The longest that is given to a voice at once: some stop in the middle of more, and pausing waits for its end. */
const longest = 240;

/** A text in sentences, or in parts of them where one is very long: what a voice reads in one go. */
export function saidInOneGo(text: string): readonly Stretch[] {
  const parts: Stretch[] = [];
  for (let from = 0; from < text.length;) {
    const to = from + endOf(text.slice(from, from + longest), text.length - from <= longest);
    if (text.slice(from, to).trim() !== '') parts.push({ from, to });
    from = to;
  }
  return parts;
}

/** After the sentence; else after the last comma or space; else all of it. */
function endOf(text: string, whole: boolean): number {
  const sentence = /^[\s\S]*?[.!?…:;\n]+["'”»)\]]*(?=\s|$)\s*/.exec(text)?.[0];
  if (sentence !== undefined && sentence.trim() !== '') return sentence.length;
  if (whole) return text.length;
  const at = Math.max(text.lastIndexOf(', ') + 1, text.lastIndexOf(' '));
  return at > 0 ? at + 1 : text.length;
}

/** The word at this place, for a voice that does not tell how long it is. */
export function wordAt(text: string, place: number, length = 0): Stretch {
  if (length > 0) return { from: place, to: Math.min(text.length, place + length) };
  const [word = ''] = /^[^\s]*/.exec(text.slice(place)) ?? [];
  return { from: place, to: place + word.length };
}

/** `es_ES` as some name it, `es-es` as others do. */
function normal(lang: string): string {
  return lang.replaceAll('_', '-').toLowerCase();
}
