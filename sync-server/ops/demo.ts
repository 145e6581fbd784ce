// npm run demo: a relay on a temporary folder with a filled TwinSpace; what is done there is gone when it ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineClock } from '#relay/clock.ts';
import { readConfig } from '#relay/config.ts';
import { startRelay } from '#relay/relay.ts';
import { fillDemo } from './demo/fill.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const { host, port, build } = readConfig();
  const dataDir = mkdtempSync(join(tmpdir(), 'twinspace-demo-'));
  process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const relay = await startRelay({ host, port, build, dataDir });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void relay.stop().then(() => process.exit(0)));
  }
  const secret = relay.setUpLink?.path.split('#')[1] ?? '';
  const signIns = await fillDemo(relay.address, secret, machineClock.today());
  const rows = signIns.map(({ username, password, role, school }) =>
    [username.padEnd(24), password.padEnd(18), role.padEnd(14), school].join('')
  );
  const head = ['username'.padEnd(24), 'password'.padEnd(18), 'role'.padEnd(14), 'school'].join('');
  return { text: [relay.address, '', head, ...rows].join('\n') };
});
