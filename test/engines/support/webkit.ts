import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import {
  Builder,
  By,
  error as failures,
  Key,
  Origin,
  type WebDriver,
  type WebElement
} from 'selenium-webdriver';
import { installed, miniBrowsers, virtualScreen, webKitDriver } from '#relay/ops/browsers.mjs';
import { freePort } from '../../support/relay-process.ts';
import { patience, type Device, type Engine, type Place, type Thing, type Words } from './engine.ts';
import { found, wantedOf } from './found.ts';

const { resolve } = createRequire(import.meta.url);
const library = readFileSync(resolve('@testing-library/dom/dist/@testing-library/dom.umd.min.js'), 'utf8');
const miniBrowser = installed(miniBrowsers);

/** Milliseconds between two looks at a page. */
const between = 100;

/** WebKitGTK as Debian has it, by the W3C's WebDriver. */
export class WebKitEngine implements Engine {
  /** Each window is a process with a screen of its own: one that another covers is not drawn, and waits for a frame for ever. */
  device(width: number, height: number): Promise<Device> {
    return WebKitDevice.start(width, height);
  }

  async close(): Promise<void> {
    // Nothing is left once the windows are closed.
  }
}

class WebKitDevice implements Device {
  readonly #driver: WebDriver;
  readonly #processes: readonly ChildProcess[];
  readonly #home: string;

  private constructor(driver: WebDriver, processes: readonly ChildProcess[], home: string) {
    this.#driver = driver;
    this.#processes = processes;
    this.#home = home;
  }

  static async start(width: number, height: number): Promise<WebKitDevice> {
    if (!miniBrowser) throw new Error('there is no WebKitGTK: install webkit2gtk-driver and xvfb');
    const home = await mkdtemp(join(tmpdir(), 'twinspace-webkit-'));
    // Nothing is looked at while it moves.
    await mkdir(join(home, 'gtk-3.0'));
    await writeFile(join(home, 'gtk-3.0', 'settings.ini'), '[Settings]\ngtk-enable-animations=0\n');
    const screen = spawn(
      virtualScreen,
      ['-displayfd', '3', '-screen', '0', '1400x1100x24', '-nolisten', 'tcp'],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe']
      }
    );
    const pipe = screen.stdio[3];
    if (!pipe) throw new Error('Xvfb tells no display');
    const [display] = (await once(pipe, 'data')) as [Buffer];
    const port = await freePort();
    const server = spawn(webKitDriver, [`--port=${port}`], {
      env: {
        ...process.env,
        DISPLAY: `:${String(display).trim()}`,
        GDK_BACKEND: 'x11',
        XDG_CONFIG_HOME: home,
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        // A page's languages are those of the process.
        LANGUAGE: 'es_ES',
        LC_ALL: 'es_ES.UTF-8'
      },
      stdio: 'ignore'
    });
    const address = `http://127.0.0.1:${port}`;
    while (
      !(await fetch(`${address}/status`).then(
        ({ ok }) => ok,
        () => false
      ))
    )
      await rest(between);
    const driver = await new Builder()
      .usingServer(address)
      // The driver drops connections that stand idle, without a word: each call has its own.
      .usingHttpAgent(new Agent({ keepAlive: false }))
      .withCapabilities({
        browserName: 'MiniBrowser',
        acceptInsecureCerts: true,
        'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] }
      })
      .build();
    await driver.manage().setTimeouts({ script: patience, pageLoad: patience });
    await driver
      .manage()
      .window()
      .setRect({ width, height: height + windowBars });
    return new WebKitDevice(driver, [server, screen], home);
  }

  async goto(url: string): Promise<void> {
    await this.#driver.get(url);
    await this.#listen();
  }

  async reload(): Promise<void> {
    await this.#driver.navigate().refresh();
    await this.#listen();
  }

  url(): Promise<string> {
    return this.#driver.getCurrentUrl();
  }

  async click(thing: Thing): Promise<void> {
    await this.#on(thing, async (element) => {
      await this.#driver.executeAsyncScript(stoodStill, element);
      await element.click();
    });
  }

  async fill(thing: Thing, text: string): Promise<void> {
    await this.#on(thing, async (element) => {
      await element.clear();
      // Typed, a tab would leave the field, and letters that no key has arrive before the others.
      await this.#driver.executeScript(
        "arguments[0].focus(); document.execCommand('insertText', false, arguments[1]);",
        element,
        text
      );
    });
  }

  async types(text: string): Promise<void> {
    await this.#driver.actions().sendKeys(text).perform();
  }

  async press(keys: string): Promise<void> {
    const all = keys.split('+').map((key) => keyCodes.get(key) ?? key);
    const actions = this.#driver.actions();
    for (const key of all) actions.keyDown(key);
    for (const key of all.toReversed()) actions.keyUp(key);
    await actions.perform();
  }

  async drags(thing: Thing, places: readonly Place[]): Promise<void> {
    await this.#on(thing, async (element) => {
      await this.#driver.executeAsyncScript(stoodStill, element);
      const { x, y, width, height } = await this.#driver.executeScript<DOMRect>(
        'return arguments[0].getBoundingClientRect().toJSON()',
        element
      );
      const actions = this.#driver.actions();
      for (const [at, [across, down]] of places.entries()) {
        const place = { x: Math.round(x + across * width), y: Math.round(y + down * height) };
        actions.move({ ...place, duration: 0, origin: Origin.VIEWPORT });
        if (at === 0) actions.press();
      }
      await actions.release().perform();
    });
  }

  async chooses(path: string): Promise<void> {
    await this.#driver.findElement(By.css('input[type=file]')).sendKeys(path);
  }

  async sees(thing: Thing): Promise<string> {
    return (await this.#find(thing)).text;
  }

  async holds(thing: Thing, value: Words): Promise<void> {
    await this.#until(`the value ${String(value)} of ${said(thing)}`, async () => {
      const is = (await (await this.#look(thing))?.element.getProperty('value')) as string | undefined;
      return typeof value === 'string' ? is === value : value.test(is ?? '');
    });
  }

  async misses(thing: Thing): Promise<void> {
    await this.#until(`no ${said(thing)}`, async () => (await this.#look(thing)) === undefined);
  }

  async becomes(condition: () => boolean | Promise<boolean>): Promise<void> {
    await this.#until(String(condition), () =>
      this.#driver.executeAsyncScript<boolean>(
        `const done = arguments[0]; Promise.resolve((${String(condition)})()).then(done, () => done(false));`
      )
    );
  }

  async evaluate<Given, Gives>(what: (given: Given) => Gives | Promise<Gives>, given: Given): Promise<Gives> {
    const answer = await this.#driver.executeAsyncScript<{ gives: Gives } | { wrong: string }>(
      `const [given, done] = arguments;
      Promise.resolve(given).then(${String(what)}).then((gives) => done({ gives }), (wrong) => done({ wrong: String(wrong) }));`,
      given
    );
    if ('wrong' in answer) throw new Error(answer.wrong);
    return answer.gives;
  }

  async complaints(): Promise<readonly string[]> {
    return (await this.#driver.executeScript<string[] | null>('return globalThis.complaints')) ?? [];
  }

  screen(): Promise<string> {
    return this.#driver.executeScript('return location.href + "\\n" + document.body.innerText');
  }

  async close(): Promise<void> {
    await this.#driver.quit().catch(() => undefined);
    for (const one of this.#processes) one.kill();
    await rm(this.#home, { recursive: true, force: true });
  }

  /** WebKitGTK's driver tells nothing of the console: from now on the page itself keeps what goes wrong in it. */
  async #listen(): Promise<void> {
    await this.#driver.executeScript(() => {
      const kept: string[] = [];
      Object.assign(globalThis, { complaints: kept });
      addEventListener('error', ({ message }) => kept.push(message));
      addEventListener('unhandledrejection', ({ reason }) => kept.push(String(reason)));
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        kept.push(`${violatedDirective} ${blockedURI}`)
      );
      const say = console.error.bind(console);
      console.error = (...words) => {
        kept.push(words.map(String).join(' '));
        say(...words);
      };
    });
  }

  async #look(thing: Thing): Promise<{ readonly element: WebElement; readonly text: string } | undefined> {
    const look = `if (!globalThis.TestingLibraryDom) { ${library} }\nreturn (${String(found)})(arguments[0]);`;
    const answer = await this.#driver.executeScript<{ element: WebElement; text: string } | null>(
      look,
      wantedOf(thing)
    );
    return answer ?? undefined;
  }

  async #find(thing: Thing): Promise<{ readonly element: WebElement; readonly text: string }> {
    let is: { readonly element: WebElement; readonly text: string } | undefined;
    await this.#until(said(thing), async () => (is = await this.#look(thing)) !== undefined);
    if (!is) throw new Error(`there is no ${said(thing)}`);
    return is;
  }

  /** Once more where the page has drawn itself anew in between. */
  async #on(thing: Thing, act: (element: WebElement) => Promise<void>): Promise<void> {
    await this.#until(`${said(thing)} that can be used`, async () => {
      const { element } = await this.#find(thing);
      await act(element);
      return true;
    });
  }

  async #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + patience;
    for (;;) {
      try {
        if (await holds()) return;
      } catch (problem) {
        if (!passing.some((kind) => problem instanceof kind)) throw problem;
      }
      if (Date.now() > end) throw new Error(`not there: ${what}\n${await this.screen()}`);
      await rest(between);
    }
  }
}

/** Keys that are no letters, as the driver knows them. */
const keyCodes: ReadonlyMap<string, string> = new Map([
  ['Enter', Key.ENTER],
  ['Shift', Key.SHIFT],
  ['Home', Key.HOME],
  ['Control', Key.CONTROL],
  ['Backspace', Key.BACK_SPACE]
]);

/** What happens when a page goes on while it is looked at. */
const passing = [
  failures.StaleElementReferenceError,
  failures.ElementClickInterceptedError,
  failures.ElementNotInteractableError,
  failures.InvalidElementStateError,
  failures.JavascriptError
];

/** The driver clicks at a place: resolves when the element has stood at one for three frames. Runs in the page. */
const stoodStill = `
  const [element, done] = arguments;
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  let before = '';
  let frames = 0;
  const look = () => {
    const { x, y } = element.getBoundingClientRect();
    const now = x + ' ' + y;
    frames = now === before ? frames + 1 : 0;
    before = now;
    if (frames === 3) done();
    else requestAnimationFrame(look);
  };
  look();`;

/** Height of the window's own bars, pixels. */
const windowBars = 47;

function said(thing: Thing): string {
  if ('role' in thing) return `${thing.role} ${String(thing.name)}`;
  return 'field' in thing ? `field ${String(thing.field)}` : String(thing.text);
}
