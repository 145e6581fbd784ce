/** The letters beyond ASCII with which each language writes names; languages that have the same ones once. */
const alphabets = [
  // Spanish and Galician, Catalan, Portuguese, French, Italian.
  ...['áéíóúüñ', 'àèéíïòóúüç', 'áâãàçéêíóôõú', 'àâæçéèêëîïôœùûüÿ', 'àèéìòù'],
  // German, Danish and Norwegian, Swedish and Finnish, Icelandic, Welsh.
  ...['äöüß', 'æøåé', 'åäöé', 'áéíóúýðþæö', 'âêîôûŵŷ'],
  // Polish, Czech and Slovak, Hungarian, Romanian, Croatian and its neighbours.
  ...['ąćęłńóśźż', 'áéíóúýčďěňřšťůžľĺŕôä', 'áéíóöőúüű', 'ăâîșțşţ', 'čćđšž'],
  // Lithuanian, Latvian, Estonian, Turkish, Maltese.
  ...['ąčęėįšųūž', 'āčēģīķļņšūž', 'äõöüšž', 'çğıöşüâîû', 'ċġħż']
];

const marked = /[^\0-\x7f]/;
const markedLatin = /(?=\p{sc=Latn})[^\0-\x7f]/gu;

/** Whether a text has a sign beyond ASCII. */
export function isMarked(text: string): boolean {
  return marked.test(text);
}

/** A letter as a small one; İ as the ı of its language, since Unicode makes two signs of it. */
export function smallOf(letter: string): string {
  return letter === 'İ' ? 'ı' : letter.toLowerCase();
}

/** The alphabet that has the most of the marked Latin letters of a text: the first one where several do. */
export function alphabetOf(text: string): string {
  const counts = new Map<string, number>();
  for (const [letter] of text.matchAll(markedLatin)) {
    const small = smallOf(letter);
    counts.set(small, (counts.get(small) ?? 0) + 1);
  }
  let [best, most] = ['', 0];
  for (const alphabet of alphabets) {
    let covered = 0;
    for (const letter of alphabet) covered += counts.get(letter) ?? 0;
    if (covered > most) [best, most] = [alphabet, covered];
  }
  return best;
}
