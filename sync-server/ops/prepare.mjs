// Runs on whatever Node the machine has (20 or later) before `npm start` and `npm test`: does what is missing, nothing else.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enginesHere, headlessShell, wholeChromium } from './browsers.mjs';
import { isBundled } from './relay-bundle.mjs';
import { root, sourcesHash } from './sources-hash.mjs';

const wants = { build: !process.argv.includes('--no-build'), browser: process.argv.includes('--browser') };

install();
if (wants.build) {
  build();
  bundle();
}
if (wants.browser) {
  browser();
  otherEngines();
  frontServers();
}

/** Installs the locked packages unless this lock file was installed here already. */
function install() {
  const stamp = join(root, 'node_modules', '.twinspace-installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (read(stamp) === lock) return;
  say('Installing packages…');
  npm(
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'The packages could not be installed. Is there a network? Try again.'
  );
  writeFileSync(stamp, lock);
}

/** Builds the app unless these sources were built here already. */
function build() {
  const stamp = join(root, 'build', '.sources');
  const sources = sourcesHash();
  if (read(stamp) === sources && existsSync(join(root, 'build', 'index.html'))) return;
  say('Building the app…');
  npm(['run', '--silent', 'build'], 'The app could not be built.', { quiet: true });
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(stamp, sources);
}

/** Makes the relay one file unless it is one of these sources already. */
function bundle() {
  if (isBundled()) return;
  say('Bundling the relay…');
  npm(['run', '--silent', 'bundle'], 'The relay could not be bundled.', { quiet: true });
}

/** Finds the Chromiums for the journeys, or installs them: Debian's packages as root, else Playwright's own. */
function browser() {
  if (process.env['CHROMIUM']) return;
  const missing = [
    ...(existsSync(headlessShell) ? [] : ['chromium-headless-shell']),
    ...(wholeChromium() ? [] : ['chromium'])
  ];
  if (missing.length === 0) return;
  if (isDebianRoot()) {
    say('Installing Chromium…');
    run('apt-get', ['update', '-qq']);
    // One by one: where there is no headless shell, the whole browser does.
    for (const name of missing) run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name]);
  }
  if (wholeChromium()) return;
  say('Downloading Chromium…');
  if (run(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium']) === 0)
    return;
  fail(
    'The tests need Chromium, and none could be installed. Install it (or set CHROMIUM to its path), then try again.'
  );
}

/** Finds Firefox and WebKit, in which the main job is tried, too; Debian's packages as root. */
function otherEngines() {
  if (enginesHere().length === 3 && knowsSpanish()) return;
  if (isDebianRoot()) {
    say('Installing Firefox and WebKit…');
    run('apt-get', ['update', '-qq']);
    for (const names of [['firefox-esr'], ['webkit2gtk-driver', 'xvfb', 'locales']])
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names]);
    run('localedef', ['-i', 'es_ES', '-f', 'UTF-8', 'es_ES.UTF-8']);
  }
  const here = enginesHere();
  for (const name of /** @type {const} */ (['firefox', 'webkit']))
    if (!here.includes(name))
      say(`NOT TRIED: the journeys in ${name}. They run where Debian's packages are.`);
}

/** WebKitGTK's pages speak the language of their process, which the machine must know. */
function knowsSpanish() {
  return /^es_ES\.utf-?8$/im.test(spawnSync('locale', ['-a'], { encoding: 'utf8' }).stdout ?? '');
}

/** Finds what the configurations beside this file are for, to try them with it; Debian's packages as root. */
function frontServers() {
  const wanted = [
    { name: 'caddy', path: '/usr/bin/caddy' },
    { name: 'nginx', path: '/usr/sbin/nginx' },
    { name: 'systemd', path: '/usr/bin/systemd-analyze' }
  ];
  const missing = () => wanted.filter(({ path }) => !existsSync(path));
  if (missing().length === 0) return;
  if (isDebianRoot()) {
    say('Installing Caddy, nginx and systemd…');
    run('apt-get', ['update', '-qq']);
    // Each by itself: one that cannot be had keeps no other away.
    for (const { name } of missing())
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name]);
  }
  for (const { name } of missing())
    say(`NOT TRIED: the configuration for ${name} in sync-server/ops. Install ${name} to have it tried.`);
}

function isDebianRoot() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/**
 * @param {string[]} args
 * @param {string} otherwise what to say when it fails
 * @param {{ quiet?: boolean }} [how] quiet: its output is shown only when it fails
 */
function npm(args, otherwise, how = {}) {
  const cli = process.env['npm_execpath'];
  const [command, first] = cli ? [process.execPath, [cli]] : ['npm', []];
  const done = spawnSync(command, [...first, ...args], {
    cwd: root,
    stdio: how.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
    encoding: 'utf8',
    shell: !cli && process.platform === 'win32'
  });
  if (done.status === 0) return;
  if (how.quiet) process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
  fail(otherwise);
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env }).status;
}

/** @param {string} path */
function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * @param {string} text
 * @returns {never}
 */
function fail(text) {
  say(text);
  process.exit(1);
}
