/**
 * Runs in a frame: what its looks make untrue. A look lies when an input or a value is not there, not on top, not readable at
 * all, or when words stand where they do not belong. Contrast, and taste, are the page's affair.
 */
export function liesOf(): readonly string[] {
  const lies: string[] = [];
  const boxOf = (each: Element): DOMRect => each.getBoundingClientRect();
  const inside = (a: DOMRect, b: DOMRect): boolean => a.left >= b.left - 1 && a.right <= b.right + 1;
  const below = (a: DOMRect, b: DOMRect): boolean => a.top >= b.bottom - 1;
  const page = new DOMRect(0, 0, innerWidth, innerHeight);
  const fields = [...document.querySelectorAll('.field')];

  const readable = (each: Element, name: string): void => {
    const { color, fontSize } = getComputedStyle(each);
    const alpha = /^rgba\(.*, ([\d.]+)\)$/u.exec(color)?.[1] ?? /\/ ([\d.]+)\)$/u.exec(color)?.[1] ?? '1';
    if (Number(alpha) < 0.5) lies.push(`${name} has the colour ${color}`);
    if (Number.parseFloat(fontSize) < 6) lies.push(`${name} has ${fontSize} letters`);
  };

  const wordsOf = (each: Element): DOMRect => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return range.getBoundingClientRect();
  };

  /** Where it is; a field that is too narrow for it and a number has none. */
  const badgeOf = (field: Element): DOMRect | undefined => field.querySelector('.icon')?.getClientRects()[0];

  const entry = (field: Element, target: HTMLElement): void => {
    const box = boxOf(target);
    const style = getComputedStyle(target);
    const room = target.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    if (room < 24) lies.push(`${target.className} has ${String(Math.round(room))} px for what is typed`);
    if (box.height < 6) lies.push(`${target.className} is ${String(box.height)} px high`);
    if (!inside(box, boxOf(field)) || !inside(box, page)) lies.push(`${target.className} leaves its field`);
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (top !== target) lies.push(`${target.className} is under ${top?.className ?? 'nothing'}`);
    const badge = badgeOf(field);
    const end = box.right - Number.parseFloat(style.paddingRight);
    if (badge !== undefined && badge.left < end - 1) lies.push('the badge stands on what is typed');
  };

  const words = (field: Element, target: HTMLElement): void => {
    for (const each of field.querySelectorAll('.label, .input, .help, .error, .value, .button:enabled')) {
      readable(each, each.className);
      const place = wordsOf(each);
      if (each === target || place.width === 0) continue;
      if (!inside(place, boxOf(field))) lies.push(`the words of ${each.className} leave their field`);
      if (each.matches('.label') && !below(boxOf(target), place)) lies.push('the label stands on the input');
      if (each.matches('.help, .error') && !below(place, boxOf(target))) lies.push('words stand on the input');
    }
  };

  for (const [index, field] of fields.entries()) {
    const before = fields[index - 1];
    if (before !== undefined && !below(boxOf(field), boxOf(before))) lies.push('two fields overlap');
    const target = field.querySelector<HTMLElement>('.input, .value');
    if (target === null) continue;
    entry(field, target);
    words(field, target);
  }
  return lies;
}
