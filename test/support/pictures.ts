import type { Locator, Page } from '@playwright/test';

/** A picture as PNG, in base64. */
type Picture = string;

/** The inside of an input, where what is typed stands, without its border and corners. */
export async function insideOf(page: Page, input: Locator): Promise<Picture> {
  await input.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0, height = 0 } = (await input.boundingBox()) ?? {};
  const clip = { x: x + 9, y: y + 9, width: width - 18, height: height - 18 };
  return (await page.screenshot({ clip, caret: 'hide' })).toString('base64');
}

export const pictureOf = async (part: Locator): Promise<Picture> => (await part.screenshot()).toString('base64');

/** How many pixels are plainly other than they were; edges are drawn a shade differently each time. */
export function changedPixels(page: Page, before: Picture, after: Picture): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const SHADE = 48;
      const pixelsOf = async (picture: string): Promise<Uint8ClampedArray> => {
        const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const { width, height } = image;
        const context = new OffscreenCanvas(width, height).getContext('2d');
        context?.drawImage(image, 0, 0);
        return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      };
      const [a = new Uint8ClampedArray(), b = a] = await Promise.all(pictures.map(pixelsOf));
      if (a.length === 0 || a.length !== b.length) return Infinity;
      const parts = [...a.keys()].filter((at) => Math.abs((a[at] ?? 0) - (b[at] ?? 0)) > SHADE);
      return new Set(parts.map((at) => Math.floor(at / 4))).size;
    },
    [before, after],
  );
}
