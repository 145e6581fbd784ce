import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setUpLine } from '#lib/domain/set-up-line.ts';
import { readConfig } from './config.ts';
import { forLog, standardErrorLog } from './log.ts';
import { forgetDoor, leaveDoor } from './ops/admin-door.ts';
import { startRelay } from './relay.ts';
import { StartRefusal } from './start-refusal.ts';
import { version } from './version.ts';

const log = standardErrorLog(process.env['LOG_LEVEL']);

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    // Nothing that was acknowledged is lost by it; going on in an unknown state could lose something.
    log.fatal({ event, ...forLog(error) });
    process.exit(1);
  });
}

try {
  await run();
} catch (error) {
  if (error instanceof StartRefusal) process.stderr.write(`${error.message}\n`);
  else log.fatal({ event: 'start-failed', ...forLog(error) });
  process.exitCode = 1;
}

/** OP1, OP4: starts, says where, and ends with 0 when asked to. */
async function run(): Promise<void> {
  const config = readConfig();
  if (!existsSync(join(config.build, 'index.html'))) {
    throw new StartRefusal('build-missing', 'The app is not built. Run npm run build, or npm start.');
  }
  const relay = await startRelay({ ...config, log });
  try {
    leaveDoor(config.dataDir, relay);
  } catch (error) {
    // Else the process would go on: it listens.
    await relay.stop();
    throw error;
  }

  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      log.info({ event: 'stopping' });
      forgetDoor(config.dataDir);
      void relay.stop().then(
        () => {
          log.info({ event: 'stopped' });
          process.exit(0);
        },
        (error: unknown) => {
          log.fatal({ event: 'stop-failed', ...forLog(error) });
          process.exit(1);
        }
      );
    });
  }

  log.info({ event: 'ready', version });
  process.stdout.write(`${relay.address}\n${relay.reach}\n`);
  if (relay.setUpLink) {
    process.stdout.write(`${setUpLine} ${relay.linksBegin}${relay.setUpLink.path}\n`);
  }
}
