import { m } from '#lib/paraglide/messages.js';
import type { SendState } from '#lib/session/desk/desk.svelte.ts';
import { formatDay, formatTime } from '#lib/ui/formats.ts';

/** The state of sending in a few words: "Todo enviado", "Sin conexión, 3 esperan desde las 10:12". */
export function sendWords(state: SendState): string {
  switch (state.kind) {
    case 'all-sent':
      return m.send_all_sent();
    case 'refused':
      return m.send_refused({ count: state.count });
    case 'waiting': {
      if (state.online) return m.send_waiting({ count: state.count });
      const since = state.since === undefined ? undefined : new Date(state.since);
      if (!since || Number.isNaN(since.getTime())) return m.send_offline({ count: state.count });
      if (since.toDateString() === new Date().toDateString())
        return m.send_offline_since_time({
          count: state.count,
          time: formatTime(since),
          hour: since.getHours()
        });
      return m.send_offline_since_day({ count: state.count, day: formatDay(since) });
    }
    default:
      return state satisfies never;
  }
}
