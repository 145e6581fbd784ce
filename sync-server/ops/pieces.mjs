/** @typedef {{ getModuleInfo: (id: string) => import('vite').Rolldown.ModuleInfo | null }} Graph */

/** A screen, or what stands around several of them, as Kit finds it in `src/routes`. */
const route = /\/src\/routes\/(?:.*\/)?\+\w+\.svelte$/;
const behindDoors = /\/src\/routes\/\(app\)\//;
/** What begins the app, and the doors that are opened every day. */
const daily =
  /\/src\/routes\/(?:\(door\)\/(?:(?:pupil-)?login\/)?)?\+\w+\.svelte$|\/kit\/src\/runtime\/client\/|\/client-optimized\/app\.js$/;
/** What a door loads once it is wanted. */
const later = /\/ClassroomDoor\.svelte$|\/src\/lib\/session\/door\/|\/popover-polyfill\/|\/workbox-window\//;
/** What all doors share, in one piece that is packed as one: the components of a form, and what draws an icon and a word. */
const door =
  /lib\/ui\/(door\/(People|SignInForm)|Button|Field|FieldErrors|PasswordField|password-keeping|Page|Disc|Notice|Brand|LanguageSwitch|Grouped|Reason|SkipLink|locale|initials|announcements|AnnouncementRegion|CannotRun|paths)\.|lucide\/svelte\/dist\/(Icon|defaultAttributes|context|utils|icons\/(eye|eye-off|loader|x|octagon-x|info|lock|globe|languages)\.)|paraglide\/(runtime|registry)/;
/** What is written in a component's `<style>`, or in a file of its own. */
const style = /[?&]type=style|\.css$/;
/** The list of all messages, or one of them: whoever needs one imports the list. */
const messages = /^(.*\/paraglide\/messages)(?:\.js|\/(\w+)\.js)$/;
/** A word or a sign: smaller than anything with which it could travel. */
const small = /\/paraglide\/messages\/|lucide\/svelte\/dist\/icons\//;

/** What so many screens need comes with whatever all screens need. */
const most = 10;
/** What dialogs share with so few screens would else bring along what these screens share. */
const few = 5;
/** Bytes of source; what fewer screens share travels in pieces of at least as many. */
const enough = 16_000;
/** In this order: a piece takes along what its modules import, and that is needed by at least as many. */
const doorPieces = /** @type {const} */ (['every', 'once', 'later', 'two', 'one']);

/**
 * Which modules travel together. By itself the bundler makes a file of every few that the same screens share: three
 * hundred, half of them smaller than the request for them, of which a tablet loads two hundred before the first list is
 * there. Here the doors still load only what they need, and behind them comes in one piece what nearly every screen needs.
 *
 * @returns {import('vite').Plugin}
 */
export function pieces() {
  const needs = new Needs();
  const groups = [
    { name: 'door', test: door, priority: 9 },
    ...doorPieces.map((piece, at) => ({
      /** @type {import('vite').Rolldown.CodeSplittingNameFunction} */
      name: (id, graph) => needs.pieceOfDoors(id, graph, piece),
      priority: 8 - at
    })),
    {
      /** @type {import('vite').Rolldown.CodeSplittingNameFunction} */
      name: (id, graph) => (needs.most(id, graph) ? 'work' : null),
      priority: 2
    },
    {
      /** @type {import('vite').Rolldown.CodeSplittingNameFunction} */
      name: (id, graph) => (needs.screens(id, graph) > 1 ? 'screens' : null),
      priority: 1,
      entriesAware: true,
      entriesAwareMergeThreshold: enough
    }
  ];
  return {
    name: 'pieces',
    // What Kit runs while it builds is split as it likes.
    applyToEnvironment: ({ config }) => config.consumer === 'client',
    outputOptions: (options) => ({ ...options, codeSplitting: { groups } })
  };
}

/** Who needs a module, read from the graph that the bundler has made. */
class Needs {
  /** @type {Map<string, readonly string[]>} */
  #roots = new Map();
  /** @type {Map<string, Set<string>> | undefined} */
  #users;
  /** The pieces of one or two doors: files are called so, and paths are no names for them. */
  #apart = /** @type {Map<string, number>} */ (new Map());

  /**
   * The name of the piece in which it travels to doors, if it is one of these; null: another one, or no door needs it.
   *
   * @param {string} id
   * @param {Graph} graph
   * @param {typeof doorPieces[number]} piece
   */
  pieceOfDoors(id, graph, piece) {
    const roots = this.#rootsOf(id, graph);
    const doors = roots.filter(
      (root) => daily.test(root) || later.test(root) || (route.test(root) && !behindDoors.test(root))
    );
    if (doors.length === 0 || roots.length === 1) return null;
    if (pieceFor(doors) !== piece) return null;
    if (piece !== 'two' && piece !== 'one') return piece;
    const who = doors.join();
    const number = this.#apart.get(who) ?? this.#apart.size;
    this.#apart.set(who, number);
    return `${piece}-${number}`;
  }

  /**
   * Whether nearly all screens need it, or it travels as if they did. Styles are small: those of all screens come with what
   * all of them need; so does a word or a sign that few screens share with a dialog.
   *
   * @param {string} id
   * @param {Graph} graph
   */
  most(id, graph) {
    const screens = this.screens(id, graph);
    if (screens >= most || (screens > 0 && style.test(id))) return true;
    return screens > 1 && screens <= few && small.test(id) && this.#isWanted(id, graph);
  }

  /**
   * How many screens behind the doors need it.
   *
   * @param {string} id
   * @param {Graph} graph
   */
  screens(id, graph) {
    return this.#rootsOf(id, graph).filter((root) => behindDoors.test(root)).length;
  }

  /**
   * Whether something needs it that is loaded only once it is wanted: a dialog, as a rule.
   *
   * @param {string} id
   * @param {Graph} graph
   */
  #isWanted(id, graph) {
    return this.#rootsOf(id, graph).some((root) => !route.test(root) && !later.test(root));
  }

  /**
   * What cannot begin without it: screens, and what is loaded once it is wanted.
   *
   * @param {string} id
   * @param {Graph} graph
   */
  #rootsOf(id, graph) {
    const known = this.#roots.get(id);
    if (known) return known;
    const seen = new Set([id]);
    for (const at of seen) for (const user of this.#usersOf(at, graph)) seen.add(user);
    const roots = [...seen].filter((at) => {
      const info = graph.getModuleInfo(at);
      return (
        route.test(at) ||
        (info && (info.isEntry || info.dynamicImporters.length > 0) && !/\/nodes\/\d+\.js$/.test(at))
      );
    });
    this.#roots.set(id, roots.sort());
    return roots;
  }

  /**
   * @param {string} id
   * @param {Graph} graph
   * @returns {Iterable<string>}
   */
  #usersOf(id, graph) {
    const [, all, message = ''] = messages.exec(id) ?? [];
    if (all === undefined) return graph.getModuleInfo(id)?.importers ?? [];
    this.#users ??= usersOfMessages(`${all}.js`, graph);
    return this.#users.get(message) ?? [];
  }
}

/**
 * Doors that are opened once in a while share more with each other than they pay for; of the daily ones each counts.
 *
 * @param {readonly string[]} doors
 * @returns {typeof doorPieces[number]}
 */
function pieceFor(doors) {
  if (doors.length === 1) return 'one';
  if (doors.some((door) => daily.test(door))) return doors.length > 2 ? 'every' : 'two';
  return doors.some((door) => route.test(door)) ? 'once' : 'later';
}

/**
 * Which modules name which message.
 *
 * @param {string} list
 * @param {Graph} graph
 */
function usersOfMessages(list, graph) {
  /** @type {Map<string, Set<string>>} */
  const users = new Map();
  for (const user of graph.getModuleInfo(list)?.importers ?? [])
    for (const [, message = ''] of graph.getModuleInfo(user)?.code?.matchAll(/\bm\.(\w+)/g) ?? [])
      users.set(message, (users.get(message) ?? new Set()).add(user));
  return users;
}
