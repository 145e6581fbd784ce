import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

const bundle = import.meta.filename;
let map: SourceMap | undefined;

/**
 * Where in the sources a line of a stack trace leads, for a relay that runs bundled; the line itself where there is no
 * map beside it. Read when the first error is told: reading it at each start takes as long as the start.
 */
export function sourcePlace(line: string): string {
  if (!existsSync(`${bundle}.map`)) return line;
  map ??= new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')));
  const known = map;
  return line.replace(/file:\/\/\S+?:(\d+):(\d+)/, (place, row: string, column: string) => {
    const origin = known.findOrigin(Number(row), Number(column));
    return 'fileName' in origin ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : place;
  });
}
