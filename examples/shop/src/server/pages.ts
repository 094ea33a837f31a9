import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { euros, productOf, PRODUCTS, type Product } from './products.js';

/** Something to serve. */
export interface Page {
  readonly type: string;
  readonly body: string;
}

/** The page at a path, or nothing. */
export type Pages = (url: URL) => Page | undefined;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
};

/** From `src/server` and from `dist/server` alike. */
const PUBLIC = new URL('../../public/', import.meta.url);
const SCRIPTS = new URL('../../dist/page/', import.meta.url);

/** Reads everything that can be served, once: no path of a request ever reaches the disk. */
export async function loadPages(elements: string): Promise<Pages> {
  const files = new Map([
    ...(await filesOf(PUBLIC, '/')),
    ...(await filesOf(new URL('images/', PUBLIC), '/images/')),
    ...(await filesOf(SCRIPTS, '/page/')),
  ]);
  const document = (name: string, values: Readonly<Record<string, string>>): Page => ({
    type: TYPES['.html'] ?? '',
    body: fill(files.get('/layout.html')?.body ?? '', {
      ...values,
      elements,
      main: fill(files.get(`/${name}.html`)?.body ?? '', values),
    }),
  });
  return ({ pathname, searchParams }) => {
    switch (pathname) {
      case '/':
        return document('front', {
          title: 'Lamps and blankets for long evenings',
          script: '',
          products: PRODUCTS.map(tile).join(''),
        });
      case '/checkout':
        return document('checkout', checkoutValues(searchParams));
      case '/cards':
        return document('cards', { title: 'My cards', script: scriptTag('cards') });
      default:
        return pathname.endsWith('.html') ? undefined : files.get(pathname);
    }
  };
}

async function filesOf(folder: URL, at: string): Promise<readonly (readonly [string, Page])[]> {
  const names = (await readdir(folder)).filter((name) => Object.hasOwn(TYPES, extname(name)));
  return Promise.all(
    names.map(async (name) => {
      const body = await readFile(new URL(name, folder), 'utf8');
      return [at + name, { type: TYPES[extname(name)] ?? '', body }] as const;
    }),
  );
}

const scriptTag = (name: string): string => `<script type="module" src="/page/${name}.js"></script>`;

function checkoutValues(query: URLSearchParams): Readonly<Record<string, string>> {
  const { id, name, about, price } = productOf(query.get('item'));
  return {
    title: 'Checkout',
    script: scriptTag('checkout'),
    mode: query.get('mode') === 'fields' ? 'fields' : 'form',
    item: id,
    name,
    about,
    price: euros(price),
  };
}

const tile = ({ id, name, about, price }: Product): string => `
<li class="product">
  <img src="/images/${id}.svg" alt="" width="400" height="400">
  <div class="product-text"><h3>${name}</h3><p>${about}</p></div>
  <p class="price">${euros(price)}</p>
  <a class="button quiet" href="/checkout?item=${id}" aria-label="Buy ${name}">Buy</a>
</li>`;

/** Puts values into `{{places}}`. All of them are our own texts; what a visitor sends never gets here. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((text, [key, value]) => text.replaceAll(`{{${key}}}`, () => value), template);
}
