/**
 * AP9: the router tells screen readers the title that stood there when the address changed. A screen whose data are read
 * first has its own a moment later: that one is told in its place. Until the answer is called.
 */
export function announceTitles(): () => void {
  const observer = new MutationObserver(() => {
    // The router's own region; empty until the first change of address.
    for (const said of document.getElementById('svelte-announcer')?.childNodes ?? [])
      if (said instanceof Text && said.data.trim() !== '' && said.data !== document.title)
        said.data = document.title;
  });
  observer.observe(document.head, { subtree: true, childList: true, characterData: true });
  return () => observer.disconnect();
}
