import type { Redress } from '../redress.js';
import type { Tab } from './tab.js';

/** Puts what a redress needs into the page: a filter, and a layer on top of everything. */
export const hireDresser = (tab: Tab): Promise<null> =>
  tab.run(() => {
    document.body.insertAdjacentHTML(
      'beforeend',
      `<svg width="0" height="0"><filter id="same"><feColorMatrix type="saturate" values="1"/></filter></svg>
      <div id="over" style="position:fixed;inset:0;pointer-events:none;display:none"></div>`,
    );
    return null;
  });

/** Applies a style; `undress` takes it back. */
export const dress = (tab: Tab, redress: Redress): Promise<null> =>
  tab.run(({ at, style }) => {
    const element = document.querySelector<HTMLElement>(at);
    const before = element?.style.cssText ?? '';
    window.undress = () => {
      if (element !== null) element.style.cssText = before;
    };
    Object.assign(element?.style ?? {}, style);
    return null;
  }, redress);

export const undress = (tab: Tab): Promise<null> =>
  tab.run(() => {
    window.undress();
    return null;
  });
