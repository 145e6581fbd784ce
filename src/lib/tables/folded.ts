/** Letters that no decomposition parts from their ornament. */
const plain: Readonly<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ'
};

/** The words of a cell: small, without marks and ornaments, one space between them. */
export function folded(cell: string): string {
  const small = cell.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return small
    .replace(/[łđðøæœßþħıς]/g, (letter) => plain[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
