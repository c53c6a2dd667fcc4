/** A kind that nobody decided about: it does not compile until somebody does. */
export function unreachable(kind: never): never {
  throw new Error(`undecided kind: ${JSON.stringify(kind)}`);
}
