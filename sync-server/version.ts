import { readFileSync } from 'node:fs';

/** OP15: the version of all that is released together, as `package.json` says it (semver.org). */
export const version = String(
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version?: unknown })
    .version
);
