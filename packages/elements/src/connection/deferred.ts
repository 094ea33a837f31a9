/** A promise with its resolvers in hand. (`Promise.withResolvers` is younger than the browsers that shoppers have.) */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

export function deferred<T>(): Deferred<T> {
  let settle: Pick<Deferred<T>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Invariant: the executor of a promise runs before its constructor returns (ECMA-262 §27.2.3.1).
  if (settle === undefined) throw new TypeError('unreachable');
  return { promise, ...settle };
}
