/**
 * Beginnings that a spreadsheet takes for a formula (OWASP, CSV injection; also in full width), behind any number of
 * the apostrophes with which they are escaped, so that escaping can always be undone.
 */
export const formulaBeginning = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** TA8: the cell as it was before it was escaped. */
export function unescapeFormula(cell: string): string {
  return cell.startsWith("'") && formulaBeginning.test(cell) ? cell.slice(1) : cell;
}
