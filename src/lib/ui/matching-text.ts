/** Whether a text holds every word that is searched for. */
export function matchingText(text: string, search: string): boolean {
  const whole = folded(text);
  return folded(search)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}

/** Lower case, without accents: who types "angel" finds Ángel. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
