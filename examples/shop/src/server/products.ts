/** Something that the shop sells. Prices are whole euros and live on the server, never in the page. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly price: number;
}

const TIDE: Product = {
  id: 'tide',
  name: 'Tide table lamp',
  about: 'Blown glass, brushed brass, a warm 2700 K glow.',
  price: 148,
};

export const PRODUCTS: readonly Product[] = [
  TIDE,
  { id: 'moss', name: 'Moss blanket', about: 'Undyed lambswool, woven in three greens.', price: 129 },
  {
    id: 'pebble',
    name: 'Pebble night light',
    about: 'Porcelain that fits in a palm. Eight hours a charge.',
    price: 54,
  },
  { id: 'heron', name: 'Heron floor lamp', about: 'One bow of ash wood, one linen shade.', price: 265 },
  { id: 'dusk', name: 'Dusk throw', about: 'Washed linen the colour of half past nine.', price: 98 },
  { id: 'hearth', name: 'Hearth cushion', about: 'Hand-loomed cover, feather inside.', price: 46 },
];

/** The product of that id; the first one when there is none. */
export const productOf = (id: string | null): Product => PRODUCTS.find((product) => product.id === id) ?? TIDE;

export const euros = (amount: number): string => `€${String(amount)}`;
