import type { AdapterPage, Purpose } from '../adapter.js';

const places = (count: number): string =>
  Array.from({ length: count }, (_, index) => `<div id="place-${String(index)}"></div>`).join('');

/**
 * Starts what the address asks for, and marks when it was there: `performance.now()` counts from the navigation. A script of its
 * own, so that what ran before the mount and what ran for it are two entries of a trace.
 */
const AUTOSTART = ({ count, kind }: Purpose): string => `
if (location.hash === '#once')
  window.ready = product.mount(${String(count)}, '${kind}').then(() => {
    performance.mark('bench:ready');
    return performance.now();
  });`;

/** A shop's page: places for the fields in columns, so that many of them are on screen. */
export const hostPage = (page: AdapterPage, purpose: Purpose): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">
<style>body{margin:10px;font:14px sans-serif}#places{columns:4;column-gap:10px}#places div{break-inside:avoid}</style></head>
<body><div id="whole"></div><div id="places">${places(purpose.count)}</div>
${page.markup(purpose)}
<script>${page.driver};performance.mark('bench:start')</script>
<script>${AUTOSTART(purpose)}</script></body></html>`;
