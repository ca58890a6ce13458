interface Bracket {
  /** From rung to rung one of so many goes on. */
  readonly eta: number;
  readonly rungs: number;
  /** Points that may still be evaluated. */
  readonly room: number;
}

/** Points on all rungs of a bracket that begins with so many. */
export function bracketCost(start: number, { eta, rungs }: Omit<Bracket, 'room'>): number {
  let [cost, count] = [0, start];
  for (let rung = 0; rung < rungs; rung += 1) {
    cost += count;
    count = Math.ceil(count / eta);
  }
  return cost;
}

/** How many points a bracket can begin with, so that those that are chosen can go all the way; 0 where there is no room for one. */
export function bracketStart(most: number, bracket: Bracket): number {
  let start = most;
  while (start > 0 && bracketCost(start, bracket) > bracket.room) start -= 1;
  return start;
}
