import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './checkout.ts';

/** OP15: the version of all that is released together, as `package.json` says it (semver.org). */
export const version = String(
  (JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version?: unknown }).version
);
