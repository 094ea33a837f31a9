import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  array,
  collected,
  decode,
  object,
  record,
  string,
  type Collected,
  type Infer,
  DATE_TIME,
} from '@cloister/protocol';

const MOST_CARDS = 50;
const MOST_SHOPPERS = 10_000;

const savedCard = object({ card: collected, saved: string({ max: 24, format: DATE_TIME }) });
const shoppersFile = record(string({ min: 64, max: 64 }), array(savedCard, { max: MOST_CARDS }), {
  max: MOST_SHOPPERS,
});

/** A card as the shop knows it: tokens and disclosed facts. A thief of this file has nothing that pays. */
export type SavedCard = Infer<typeof savedCard>;

/** The shop's memory of who saved which card. */
export interface Shoppers {
  readonly cardsOf: (shopper: string) => readonly SavedCard[];
  /** @returns `false` when one of the tokens is already another shopper's. */
  readonly save: (shopper: string, card: Collected) => Promise<boolean>;
}

/** Opens the file of saved cards in a folder; makes the folder when it is missing. */
export async function openShoppers(folder: string): Promise<Shoppers> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'cards.json');
  const cards = new Map(Object.entries(await read(file)));
  let lastWrite = Promise.resolve();
  return {
    cardsOf: (shopper) => cards.get(keyOf(shopper)) ?? [],
    save: async (shopper, card) => {
      const key = keyOf(shopper);
      if (ownedByOther(cards, key, card)) return false;
      remember(cards, key, { card, saved: new Date().toISOString() });
      // A disk that was full for a moment must not end all saving.
      lastWrite = lastWrite.catch(() => undefined).then(() => write(file, Object.fromEntries(cards)));
      await lastWrite;
      return true;
    },
  };
}

/** Invariant: what is kept can be read again; beyond the bounds of the file the oldest are forgotten. */
function remember(cards: Map<string, readonly SavedCard[]>, key: string, saved: SavedCard): void {
  const known = cards.get(key) ?? [];
  cards.delete(key);
  cards.set(key, [...known, saved].slice(-MOST_CARDS));
  for (const oldest of cards.keys()) {
    if (cards.size <= MOST_SHOPPERS) break;
    cards.delete(oldest);
  }
}

/** The file names shoppers by a hash, so that it holds no cookie that works. */
const keyOf = (shopper: string): string => createHash('sha256').update(shopper).digest('hex');

/**
 * The browser says which tokens are its own; the first who says so is believed, and nobody after. A token has 122
 * random bits and is told to nobody but the page that made it.
 */
function ownedByOther(cards: ReadonlyMap<string, readonly SavedCard[]>, key: string, { tokens }: Collected): boolean {
  const claimed = new Set(Object.values(tokens));
  return [...cards].some(
    ([owner, saved]) =>
      owner !== key && saved.some(({ card }) => Object.values(card.tokens).some((token) => claimed.has(token))),
  );
}

async function read(file: string): Promise<Infer<typeof shoppersFile>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return {};
  }
  const decoded = decode(shoppersFile, JSON.parse(text));
  if (!decoded.ok) throw new Error(`${file} is damaged at ${decoded.path}`);
  return decoded.value;
}

/** Written beside and renamed, so that a crash leaves the old file or the new one. */
async function write(file: string, content: unknown): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(content, undefined, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
