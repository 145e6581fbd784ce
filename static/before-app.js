// Runs before the app, and in browsers that are too old for it: written as they read it, with nothing newer (BR5).
(function () {
  'use strict';

  // The browser may offer to install the app before the app's own script runs: its prompt is kept for a fitting moment.
  addEventListener('beforeinstallprompt', function (event) {
    event.preventDefault();
    window.keptInstallPrompt = event;
  });

  // Texts become scripts here in two ways only: the app's own workers (HT7). Whatever else is tried, the browser refuses.
  if (window.trustedTypes)
    window.trustedTypes.createPolicy('default', {
      createScriptURL: function (address) {
        var url = new URL(address, location.href);
        var own = url.origin === location.origin;
        if (own && (url.pathname === '/service-worker.js' || /^\/_app\/immutable\//.test(url.pathname)))
          return address;
        throw new TypeError('no script of this app');
      }
    });

  /** What came with the oldest browsers of src/lib/pwa/oldest-browsers.ts and not before. */
  function isOld() {
    try {
      return !(new RegExp('(?<=a)b').test('ab') && Array.prototype.toSorted && window.structuredClone);
    } catch {
      return true;
    }
  }

  function show(id) {
    var box = document.getElementById(id);
    if (!box || !box.hidden) return;
    var look = document.createElement('link');
    look.rel = 'stylesheet';
    look.href = '/before-app.css';
    document.head.appendChild(look);
    box.hidden = false;
    var again = box.querySelector('button');
    if (again)
      again.addEventListener('click', function () {
        location.reload();
      });
  }

  var old = isOld();

  /** The app's own script could not be read, or failed before it drew anything. */
  function failed() {
    if (old || 'started' in document.documentElement.dataset) return;
    if (document.body) show('no-start');
    else document.addEventListener('DOMContentLoaded', failed);
  }

  addEventListener('error', failed, true);
  addEventListener('unhandledrejection', failed);
  if (old) {
    // The app sees it and does not begin.
    document.documentElement.setAttribute('data-too-old', '');
    document.addEventListener('DOMContentLoaded', function () {
      show('too-old');
    });
  }
})();
