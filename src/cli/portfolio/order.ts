/** How items are worked on. */
export interface OrderedWork<Item, Result> {
  /** How many may be under way or wait for their turn. */
  readonly most: number;
  readonly work: (item: Item) => Promise<Result>;
  readonly take: (result: Result) => Promise<void>;
  /** Ends the items: called once when work or taking fails, so that an item that is waited for comes no more. */
  readonly stop: () => void;
}

/**
 * Works on items side by side, and takes the results in the order of the items, each as soon as its turn has come.
 *
 * @throws what the work or the taking throws first; what the items throw, once the results before it are taken.
 */
export async function inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  { most, work, take, stop }: OrderedWork<Item, Result>,
): Promise<void> {
  let open = 0;
  let hasFailed = false;
  let wake = (): void => {};
  // A chain rather than a list: it is as long as there are results that wait, and gives up on the first that fails.
  let taken: Promise<void> = Promise.resolve();

  function add(item: Item): void {
    open++;
    const result = work(item);
    // It is waited for in the chain, where it is reported.
    result.catch(() => {});
    taken = taken.then(async () => {
      await take(await result);
      open--;
      wake();
    });
    taken.catch(() => {
      if (hasFailed) return;
      hasFailed = true;
      stop();
      wake();
    });
  }

  try {
    for await (const item of items) {
      if (hasFailed) break;
      add(item);
      while (open >= most && !hasFailed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    await taken;
  }
}
