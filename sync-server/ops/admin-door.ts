import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Relay } from '#relay/relay.ts';

const doorSchema = v.object({ address: v.string(), token: v.string() });

/** Where a running relay can be asked by whoever may read its data folder. */
export type Door = v.InferOutput<typeof doorSchema>;

/** OP7: writes the way to the running relay into its data folder, for this user alone. */
export function leaveDoor(dataDir: string, { adminToken, address }: Relay): void {
  // A relay on all interfaces is asked on the loopback one.
  const here = address.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
  const door: Door = { address: here, token: adminToken };
  rmSync(path(dataDir), { force: true });
  writeFileSync(path(dataDir), JSON.stringify(door), { mode: 0o600 });
}

/** The relay stops: nobody is there to be asked. */
export function forgetDoor(dataDir: string): void {
  rmSync(path(dataDir), { force: true });
}

/** The way to the relay that runs on this data folder, if one seems to. */
export function findDoor(dataDir: string): Door | undefined {
  try {
    const read = v.safeParse(doorSchema, JSON.parse(readFileSync(path(dataDir), 'utf8')));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

function path(dataDir: string): string {
  return join(dataDir, 'running.json');
}
