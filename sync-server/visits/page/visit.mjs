// What a visit's pages do beyond being read: they open a link by the secret in its address, read aloud, and keep what is
// shown for without a network (VS6). Without it they can be read all the same (VS5).

/** @param {string} name */
const found = (name) => document.querySelector(`[data-${name}]`);
const { ended } = document.documentElement.dataset;

open();
if (ended !== undefined) forget();
else if (found('kept')) keep();
aloud();

/** The link's secret stands behind the # of its address, which no server is told: the form brings it. */
function open() {
  const secret = /^#([\w-]{43})$/.exec(location.hash)?.[1];
  if (secret === undefined) return;
  // It shall stand in no history and over no shoulder.
  history.replaceState(null, '', location.pathname);
  const form = document.querySelector('form');
  const input = form?.querySelector('input');
  if (!form || !input) return;
  input.value = secret;
  form.submit();
}

/** Keeps what is shown, and asks again whenever somebody comes back to it. */
async function keep() {
  const said = found('kept');
  if (!(said instanceof HTMLElement) || !('serviceWorker' in navigator)) return;
  const films = found('films');
  try {
    await navigator.serviceWorker.register(/** @type {string} */ (workerAddress()));
    const { active } = await navigator.serviceWorker.ready;
    if (active) await tellKept(active, said, false);
    if (active && films instanceof HTMLButtonElement && 'some' in films.dataset) {
      films.hidden = false;
      films.addEventListener('click', async () => {
        films.disabled = true;
        await tellKept(active, said, true);
        films.hidden = true;
      });
    }
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void ask(active, false);
    });
    addEventListener('online', () => void ask(active, false));
  } catch {
    // A browser that keeps nothing, as private windows do: the pages are read with a network.
  }
}

/**
 * @param {ServiceWorker} worker
 * @param {HTMLElement} said
 * @param {boolean} films
 */
async function tellKept(worker, said, films) {
  if (!(await ask(worker, films))) return;
  said.hidden = false;
}

/**
 * Whether all of it is kept; a link that has ended takes the page along.
 *
 * @param {ServiceWorker | null} worker
 * @param {boolean} films
 * @returns {Promise<boolean>}
 */
function ask(worker, films) {
  return new Promise((answer) => {
    if (!worker) return answer(false);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if (data === 'ended') location.reload();
      answer(data === 'kept');
    };
    worker.postMessage({ films }, [port2]);
  });
}

/** Texts become scripts here in one way only: the visit's own worker. */
function workerAddress() {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  /** @type {{ createScriptURL: (address: string) => unknown } | undefined} */
  const policy = types?.createPolicy('visit', { createScriptURL: () => 'worker.js' });
  return policy ? policy.createScriptURL('') : 'worker.js';
}

/** Nothing of a visit that has ended stays. */
async function forget() {
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    if (registration?.scope.endsWith(location.pathname.split('/').slice(0, 3).join('/') + '/'))
      await registration.unregister();
    await caches.delete(`visit ${location.pathname.split('/')[2]}`);
  } catch {
    // There is nothing to forget where nothing may be kept.
  }
}

/** Reads what stands there from top to bottom, and shows where it is. */
function aloud() {
  const button = found('aloud');
  const speaker = globalThis.speechSynthesis;
  if (!(button instanceof HTMLButtonElement) || !speaker) return;
  const article = document.querySelector('article');
  if (!article) return;
  const { start = '', stop = '' } = button.dataset;
  let reading = 0;
  button.hidden = false;
  button.addEventListener('click', () => {
    speaker.cancel();
    reading += 1;
    if (button.textContent === stop) return end();
    button.textContent = stop;
    say(
      [...article.querySelectorAll('[data-say]')].filter(({ textContent }) => textContent.trim()),
      reading
    );
  });
  addEventListener('pagehide', () => speaker.cancel());

  /**
   * @param {Element[]} left
   * @param {number} turn
   */
  function say([block, ...left], turn) {
    if (!block) return end();
    const words = new SpeechSynthesisUtterance(block.textContent);
    words.lang = article?.lang ?? '';
    block.setAttribute('data-saying', '');
    block.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    words.onend = words.onerror = () => {
      block.removeAttribute('data-saying');
      if (turn === reading) say(left, turn);
    };
    speaker.speak(words);
  }

  function end() {
    if (button) button.textContent = start;
  }
}
