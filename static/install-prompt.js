// The browser may offer to install the app before the app's own script runs: its prompt is kept for a fitting moment.
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  globalThis.keptInstallPrompt = event;
});
