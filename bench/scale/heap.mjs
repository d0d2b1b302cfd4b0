/** A binary heap whose `pop` answers the least by `compare`. */
export function createHeap(compare) {
  const items = [];
  const swap = (a, b) => {
    [items[a], items[b]] = [items[b], items[a]];
  };
  return {
    push(item) {
      let at = items.push(item) - 1;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (compare(items[parent], items[at]) <= 0) break;
        swap(parent, at);
        at = parent;
      }
    },
    pop() {
      const least = items[0];
      const last = items.pop();
      if (items.length === 0) return least;
      items[0] = last;
      for (let at = 0; ; ) {
        let child = 2 * at + 1;
        if (child >= items.length) break;
        if (child + 1 < items.length && compare(items[child + 1], items[child]) < 0) child += 1;
        if (compare(items[at], items[child]) <= 0) break;
        swap(at, child);
        at = child;
      }
      return least;
    },
  };
}
