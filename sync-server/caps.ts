import { limits } from '#lib/protocol/limits.ts';

/** How much may come at once, and how much a second for long. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

const [second, KiB, MiB] = [1_000, 1024, 1024 * 1024];

/**
 * Every cap of the relay's own, with the reason for its number. What a tablet has to know of them stands in
 * `src/lib/protocol/limits.ts`; the README lists them all for whoever runs a relay. Milliseconds and bytes.
 */
export const caps = {
  /** OP10: one connection, before anybody has said who it is. */
  connection: {
    /** For the line and the headers of a request: some hundred bytes, also on a network that loses every third packet. */
    headersMs: 20 * second,
    /** For a whole request with its body: a batch that was halved to one change arrives at 8 kbit/s. */
    requestMs: 120 * second,
    /** Between two requests; browsers open another when they need one. */
    keepAliveMs: 20 * second,
    /** Without a byte in either direction: nobody reads any more. */
    idleMs: 60 * second,
    /** How often the times above are looked at. */
    checkMs: 5 * second,
    /** For whoever is refused an upgrade to take the answer; then the connection is destroyed. */
    refusedMs: 5 * second,
    /** The line and the headers of a request together. */
    headerBytes: 16 * KiB,
    /** Browsers send some twenty, proxies add ten. */
    headers: 100,
    /** Open at once from one address: a school of 600 tablets behind one router, each with a page that loads. */
    perAddress: 4_096
  },
  /** RM7, RM13: sockets open at once, those that are still being admitted included. */
  sockets: {
    /** A browser with a dozen tabs, two rooms each, and those that a bad network has not given up yet. */
    perDevice: 64,
    /** Of the personal devices of one account: twenty devices of five tabs with five rooms. */
    perAccount: 512,
    /** A school behind one router; as many again of whoever is not enrolled, until they are closed. */
    perAddress: 2_048,
    /** Until whoever does not answer a close is cut. */
    closeMs: 5 * second
  },
  /** RM5: what one connection may send within `windowMs`. */
  frames: {
    windowMs: 10 * second,
    /** The stock provider asks once when it connects. */
    step1: 50,
    /** What would write; the stock provider repeats by itself what else its document was told. */
    written: 200,
    /** Their bytes together. */
    writtenBytes: 4 * MiB,
    /** Frames of any kind, pings and pongs among them. */
    all: 1_000
  },
  /** RM14: what has not arrived whole, and what has not been read. */
  memory: {
    /** One message of a follower: a state vector is ten bytes for each start of the relay; presence some hundred. */
    message: limits.frame,
    /** Parts of one message: none of the stock clients makes any. */
    fragments: 64,
    /** For a message to arrive whole, from its first byte. */
    messageMs: 20 * second,
    /** RM6: what one follower leaves unread of the updates; it comes back and asks for what it is missing. */
    unread: 4 * MiB,
    /** While more than this is unread a heartbeat is left out: it would say nothing new. */
    unreadBeat: 16 * KiB,
    /** Unfinished and unread bytes of all sockets of one account; of one classroom tablet. */
    perAccount: 32 * MiB,
    /** Of all sockets. The state of a document is one copy for all and does not count. */
    all: 256 * MiB
  },
  /** HT18: bodies of requests that carry changes, from their first byte until the answer. */
  bodies: {
    /** Of one account; of one classroom tablet: eight of the largest at once. */
    perAccount: 16 * MiB,
    all: 128 * MiB
  },
  /** MR7: media on their way in. */
  media: {
    /** Uploads of one device of which something has arrived: it sends two at once, and others may have been left lying. */
    begunPerDevice: 8
  },
  /** TH7: archives that are laid out and wait to be fetched: of each the texts lie on the disk. */
  archives: {
    most: 16,
    /** All together: sixteen of the largest that are thinkable, 2,000 pages of 128 KiB; a year of a class has some MiB. */
    bytes: 4 * 1024 * MiB,
    /** Since it was last asked for: a connection that is lost for a night. */
    keptMs: 24 * 60 * 60 * second
  },
  /**
   * HT4, RM13, RM16, RM18: generous enough for a school behind one address, and for a tablet that comes back after weeks. They
   * stop what runs away, and whoever has only a few accounts or addresses.
   */
  rates: {
    /** Requests to the API from one address, of whoever is not enrolled. */
    address: { burst: 3_000, perSecond: 300 },
    /** Requests from one device. */
    device: { burst: 3_000, perSecond: 200 },
    /** Requests from the personal devices of one account; from one classroom tablet. */
    account: { burst: 6_000, perSecond: 400 },
    /** Changes from one device. */
    changes: { burst: 20_000, perSecond: 2_000 },
    /** Sign-ins and uses of links of one enrolled device, or from one address: two classes at once. */
    doors: { burst: 240, perSecond: 4 },
    /** JO8: usernames asked for by one person, on whichever device: a class by hand, then one every ten seconds. */
    lookups: { burst: 40, perSecond: 0.1 },
    /** SI17: devices that one account enrols: forty, then one every ten minutes. */
    enrolments: { burst: 40, perSecond: 1 / 600 },
    /** HT10: free numbers asked for by one person: a number tells that the ones before are taken. */
    numbers: { burst: 120, perSecond: 0.2 },
    /** Sockets from one address, of whoever is not enrolled: 600 tablets that lost their cookie ask for two rooms, twice. */
    upgrades: { burst: 2_400, perSecond: 80 },
    /** Sockets of one device: bad Wi-Fi and impatient reloads, then what the stock provider's pauses come to. */
    deviceUpgrades: { burst: 1_000, perSecond: 8 },
    /** Bytes of documents to one account: three hundred devices of a TwinSpace of 5 000 (2.6 MB) come back empty. */
    accountBytes: { burst: 1024 * MiB, perSecond: 4 * MiB },
    /** The same to one address: a school behind it, twice. */
    addressBytes: { burst: 2048 * MiB, perSecond: 32 * MiB },
    /** Answers that are encoded for one account's readers alone (3 ms at 5 000); then they are given all there is. */
    encodings: { burst: 60, perSecond: 2 },
    /** The same for one address. */
    addressEncodings: { burst: 600, perSecond: 20 },
    /** HT16: reports of one device: some milliseconds each for a device with 5 000; a tablet asks at each contact. */
    reports: { burst: 120, perSecond: 2 },
    /** MR7: bytes of media that the devices of one account, or one classroom tablet, send: a day's worth, then 16 Mbit/s. */
    mediaIn: { burst: 1024 * MiB, perSecond: 2 * MiB },
    /** The same that are told to them, and to the visitors at one address: a tablet that comes back to a full TwinSpace. */
    mediaOut: { burst: 8 * 1024 * MiB, perSecond: 8 * MiB },
    /** TH7: archives of TwinSpaces that are laid out for one account: all its pages are read for one. */
    archives: { burst: 12, perSecond: 1 / 300 },
    /** VS1: bytes of published pages that are made into HTML for one address: some tens of milliseconds each MiB. */
    visitBytes: { burst: 64 * MiB, perSecond: MiB },
    /** HT16: bytes of sealed keys told to one account, or one classroom tablet: ten devices with 5 000 (3.2 MB). */
    keyBytes: { burst: 32 * MiB, perSecond: 512 * KiB }
  }
} as const;

/** The names of the rates. */
export type RateName = keyof typeof caps.rates;

/** A rate for each name. */
export type RateTable = Readonly<Record<RateName, Rate>>;
