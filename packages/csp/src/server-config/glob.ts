/** Whether a name could be more than one file's. */
export const isGlob = (name: string): boolean => /[*?]/u.test(name);

/** Whether a name fits a pattern with `*` and `?`, neither of which stands for a slash. Takes as many steps as the one is long times the other. */
export function globMatches(pattern: string, name: string): boolean {
  let [at, of, star, from] = [0, 0, -1, 0];
  while (of < name.length) {
    const letter = pattern.charAt(at);
    if (letter === '*') {
      [star, from] = [at, of];
      at += 1;
    } else if (letter !== '' && (letter === name.charAt(of) || (letter === '?' && name.charAt(of) !== '/'))) {
      at += 1;
      of += 1;
    } else if (star >= 0 && name.charAt(from) !== '/') {
      from += 1;
      [at, of] = [star + 1, from];
    } else return false;
  }
  return Array.from(pattern.slice(at)).every((letter) => letter === '*');
}
