/** How the world that this runs in is called, and its way out. Neither is in reach of the page. */
export const WORLD = 'cloister-inventory';
export const TELL = 'cloisterTell';

/** What was told: text of an event handler, of a `javascript:` address, or of a script element without an address. */
export type MarkupKind = 'handler' | 'address' | 'element';

/**
 * Runs in a world of its own in every document, from its first moment: tells of code in the markup, also of what never runs and of what takes
 * itself out again.
 */
export const MARKUP_WATCH = `(() => {
  const told = new Set();
  const tell = (kind, text) => {
    const line = JSON.stringify([kind, text]);
    if (told.has(line)) return;
    told.add(line);
    globalThis.${TELL}(line);
  };
  const ADDRESSES = new Set(['href', 'xlink:href', 'src', 'action', 'formaction', 'data']);
  const code = (value) => {
    const plain = value.replace(/^[\\0- ]+/u, '').replace(/[\\t\\n\\r]/gu, '');
    if (!/^javascript:/iu.test(plain)) return;
    const text = plain.slice('javascript:'.length);
    try { tell('address', decodeURIComponent(text)); } catch { tell('address', text); }
  };
  const attribute = (element, { name, value }) => {
    if (name.startsWith('on') && name in element) tell('handler', value);
    else if (ADDRESSES.has(name)) code(value);
  };
  const look = (element) => {
    for (const each of element.attributes) attribute(element, each);
    if (element.localName === 'script' && !element.hasAttribute('src') && !element.hasAttribute('href')) tell('element', element.textContent);
  };
  const within = (node) => {
    if (!(node instanceof Element)) return;
    look(node);
    for (const inner of node.querySelectorAll('*')) look(inner);
  };
  const hear = (records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === 'attributes') look(target);
      else for (const node of addedNodes) within(node);
    }
  };
  new MutationObserver(hear).observe(document, { subtree: true, childList: true, attributes: true });
  if (document.documentElement !== null) within(document.documentElement);
})()`;
