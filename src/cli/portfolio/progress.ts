import { complain } from "../terminal.ts";

/** Says on stderr how far a run is. */
export interface Progress {
  /** Counts what has been written. */
  readonly add: (contracts: number, bytes: number) => void;
  /** Prints something else, not into the middle of a line that is rewritten. */
  readonly say: (text: string) => void;
  readonly end: () => void;
}

// Often enough to look alive, seldom enough to cost nothing; a log gets a line where somebody would begin to wonder.
const TERMINAL_MS = 200;
const LOG_MS = 10_000;
const CLEAR_LINE = "\r\u001b[K";

/**
 * Says how far a run is, on one line that is rewritten, or line by line where stderr is no terminal.
 *
 * @param size how many bytes of contracts there are; null where nobody knows, and the time left neither.
 */
export function progressOf(size: number | null): Progress {
  const { stderr } = process;
  const startedMs = performance.now();
  let contracts = 0;
  let bytes = 0;

  function text(): string {
    return progressText({ contracts, bytes, size, ms: performance.now() - startedMs });
  }

  const show = (): void => {
    if (stderr.isTTY) stderr.write(CLEAR_LINE + text());
    else complain(text());
  };
  const timer = setInterval(show, stderr.isTTY ? TERMINAL_MS : LOG_MS).unref();

  return {
    add: (more, moreBytes) => {
      contracts += more;
      bytes += moreBytes;
    },
    say: (line) => {
      if (stderr.isTTY) stderr.write(CLEAR_LINE);
      complain(line);
    },
    end: () => {
      clearInterval(timer);
      if (stderr.isTTY) stderr.write(CLEAR_LINE);
    },
  };
}

/** Nothing but what else there is to say. */
export function noProgress(): Progress {
  return { add: () => {}, say: complain, end: () => {} };
}

interface State {
  readonly contracts: number;
  readonly bytes: number;
  readonly size: number | null;
  readonly ms: number;
}

/** How far a run is, in words: "120000 contracts, 8100/s, 40 %, 22 s left". */
export function progressText({ contracts, bytes, size, ms }: State): string {
  const rate = ms > 0 ? Math.round((contracts * 1000) / ms) : 0;
  const parts = [`${contracts} contracts`, `${rate}/s`];
  if (size !== null && size > 0 && bytes > 0) {
    parts.push(
      `${Math.floor((100 * bytes) / size)} %`,
      `${durationText((ms * (size - bytes)) / bytes)} left`,
    );
  }
  return parts.join(", ");
}

function durationText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
