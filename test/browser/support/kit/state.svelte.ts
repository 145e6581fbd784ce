/** In Kit's place: where one is. */
class Shown {
  url = $state.raw(new URL('/', location.href));
  state = $state.raw<App.PageState>({});
  params = $derived(paramsOf(this.url));
}

function paramsOf({ pathname }: URL): Record<string, string> {
  const [, space, page] = /^\/space\/([^/]+)(?:\/pages\/([0-9a-f-]{36}))?/.exec(pathname) ?? [];
  const [, member] = /^\/space\/[^/]+\/portfolio\/([^/]+)/.exec(pathname) ?? [];
  return {
    ...(space === undefined ? {} : { space }),
    ...(page === undefined ? {} : { page }),
    ...(member === undefined ? {} : { member })
  };
}

export const page = new Shown();

/** Where one is going: here one is there at once. */
export const navigating: { readonly to: object | null } = { to: null };
