/** A word that ends in a vowel and an apostrophe, and is not between quotation marks. */
const behind = /(?<!\p{L}|(?:^|\P{L})['’])(\p{L}{2,})([aeiou])['’´`′](?![\p{L}\p{M}])/giu;
/** The names of Italy whose last *e* is open; everybody else's is closed (José, René). */
const open = /^(?:giosu|no|mos|salom|alo)$/i;

const [grave, acute] = ['\u0300', '\u0301'];

/**
 * TA15: accents that a keyboard without them put behind the letter, as is the habit in Italy: `Nicolo'` is Nicolò. Two
 * letters are an article or a particle that was shortened (`De' Medici`) and stay.
 */
export function accented(text: string): string {
  return text.replace(behind, (_, word: string, vowel: string) => {
    const closed = vowel.toLowerCase() === 'e' && !open.test(word);
    return `${word}${vowel}${closed ? acute : grave}`.normalize('NFC');
  });
}
