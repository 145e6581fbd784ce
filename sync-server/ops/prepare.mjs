// Runs on whatever Node the machine has (20 or later) before `npm start` and `npm test`: does what is missing, nothing else.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enginesHere, headlessShell, wholeChromium } from './browsers.mjs';
import { isBundled } from './relay-bundle.mjs';
import { root, sourcesHash } from './sources-hash.mjs';

const wants = {
  build: !process.argv.includes('--no-build'),
  browser: process.argv.includes('--browser'),
  /** Nothing else: beside another one of these. */
  debian: process.argv.includes('--debian-packages')
};

const frontServersWanted = [
  { name: 'caddy', path: '/usr/bin/caddy' },
  { name: 'nginx', path: '/usr/sbin/nginx' },
  { name: 'systemd', path: '/usr/bin/systemd-analyze' }
];

if (wants.debian) debianPackages();
else await prepare();

async function prepare() {
  // Unpacking and building each keep one core busy.
  const packages = wants.browser && isDebianRoot() ? beside('--debian-packages') : undefined;
  install();
  if (wants.build) {
    build();
    bundle();
  }
  await packages;
  if (!wants.browser) return;
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

/** Installs what of Debian's packages the tests run in and is missing here. */
function debianPackages() {
  const wanted = [
    // Where there is no headless shell, the whole browser does.
    ...(process.env['CHROMIUM']
      ? []
      : [
          { names: ['chromium-headless-shell'], here: existsSync(headlessShell) },
          { names: ['chromium'], here: wholeChromium() !== undefined }
        ]),
    { names: ['firefox-esr'], here: enginesHere().includes('firefox') },
    {
      names: ['webkit2gtk-driver', 'xvfb', 'locales'],
      here: enginesHere().includes('webkit') && knowsSpanish()
    },
    ...frontServersWanted.map(({ name, path }) => ({ names: [name], here: existsSync(path) }))
  ];
  const missing = wanted.filter(({ here }) => !here);
  if (missing.length === 0) return;
  say('Installing the browsers and servers of the tests…');
  run('apt-get', ['update', '-qq']);
  // Each by itself: one that cannot be had keeps no other away.
  for (const { names } of missing)
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names]);
  if (!knowsSpanish()) run('localedef', ['-i', 'es_ES', '-f', 'UTF-8', 'es_ES.UTF-8']);
}

/** Finds the Chromium for the journeys, or takes Playwright's own. */
function browser() {
  if (process.env['CHROMIUM'] || wholeChromium()) return;
  say('Downloading Chromium…');
  if (run(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium']) === 0)
    return;
  fail(
    'The tests need Chromium, and none could be installed. Install it (or set CHROMIUM to its path), then try again.'
  );
}

/** Tells of Firefox and WebKit, in which the main job is tried, too. */
function otherEngines() {
  const here = enginesHere();
  for (const name of /** @type {const} */ (['firefox', 'webkit']))
    if (!here.includes(name))
      say(`NOT TRIED: the journeys in ${name}. They run where Debian's packages are.`);
}

/** WebKitGTK's pages speak the language of their process, which the machine must know. */
function knowsSpanish() {
  return /^es_ES\.utf-?8$/im.test(spawnSync('locale', ['-a'], { encoding: 'utf8' }).stdout ?? '');
}

/** Tells of what the configurations beside this file are for, to try them with it. */
function frontServers() {
  for (const { name, path } of frontServersWanted)
    if (!existsSync(path))
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

/**
 * Does one part of all this beside the rest; resolves when it has ended.
 *
 * @param {string} flag
 */
function beside(flag) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), flag], {
    cwd: root,
    stdio: ['ignore', 2, 2]
  });
  return Promise.race([once(child, 'close'), once(child, 'error')]);
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
