/** What is looked for: whole where it is text, anywhere where it is a pattern. */
export type Words = string | RegExp;

/** One thing as a person names it: by what it is and is called, by the label of a field, or by the words that stand there. */
export type Thing =
  { readonly role: Role; readonly name: Words } | { readonly field: Words } | { readonly text: Words };

export type Role =
  | 'button'
  | 'checkbox'
  | 'heading'
  | 'img'
  | 'link'
  | 'listitem'
  | 'menuitem'
  | 'radio'
  | 'region'
  | 'spinbutton';

/** A place of a thing, in parts of its width and height. */
export type Place = readonly [number, number];

/**
 * A window of one browser, with a storage of its own: the verbs that every engine knows. Each waits until it can be done,
 * and says where it ended if it never could.
 */
export interface Device {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  url(): Promise<string>;
  click(thing: Thing): Promise<void>;
  /** Types into a field, in place of what stood there. */
  fill(thing: Thing, text: string): Promise<void>;
  /** Types where the caret stands: letters that a keyboard has. */
  types(text: string): Promise<void>;
  /** Presses a key, perhaps with others held down: `Enter`, `Shift+Home`, `Control+z`. */
  press(keys: string): Promise<void>;
  /** Draws a line over a thing: the pointer goes down at the first place and comes up at the last. */
  drags(thing: Thing, places: readonly Place[]): Promise<void>;
  /** Chooses a file of the device where one is asked for. */
  chooses(path: string): Promise<void>;
  /** Resolves with the words of the first such thing that is seen. */
  sees(thing: Thing): Promise<string>;
  /** Resolves with the value of a field once it is so. */
  holds(thing: Thing, value: Words): Promise<void>;
  /** Resolves once there is none. */
  misses(thing: Thing): Promise<void>;
  /** Resolves once this function, run in the page, gives true. */
  becomes(condition: () => boolean | Promise<boolean>): Promise<void>;
  /** Runs this function in the page, with what is given to it; resolves with what it gives. */
  evaluate<Given, Gives>(what: (given: Given) => Gives | Promise<Gives>, given: Given): Promise<Gives>;
  /** Errors of the page, of its console and of its policy. */
  complaints(): Promise<readonly string[]>;
  /** Everything that is seen, as text. */
  screen(): Promise<string>;
  close(): Promise<void>;
}

/** Makes windows of one engine. */
export interface Engine {
  device(width: number, height: number): Promise<Device>;
  close(): Promise<void>;
}

export type EngineName = 'chromium' | 'firefox' | 'webkit';

/** A limit, not a wait: milliseconds. */
export const patience = 60_000;
