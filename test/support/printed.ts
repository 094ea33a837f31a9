import { inflateSync } from 'node:zlib';

const STREAM = /stream\r?\n/gu;
const CHARACTER = /^<[0-9A-F]+> <([0-9A-F]{4})>$/gmu;
const RANGE = /^<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>$/gmu;

function* streamsOf(pdf: Buffer): Generator<string> {
  const text = pdf.toString('latin1');
  for (const { index, 0: mark } of text.matchAll(STREAM)) {
    const begin = index + mark.length;
    const stream = pdf.subarray(begin, text.indexOf('endstream', begin));
    if (text.slice(0, index).endsWith('>>\n') || stream.length > 2) yield unpacked(stream);
  }
}

function unpacked(stream: Buffer): string {
  try {
    return inflateSync(stream).toString('latin1');
  } catch {
    // Not deflated: a font or a picture, of which we read nothing.
    return '';
  }
}

const hex = (text: string | undefined): number => Number.parseInt(text ?? '', 16);

/**
 * The characters that can be found in a PDF: each of its fonts says which character each glyph in use is (ToUnicode CMap, PDF
 * 32000-1 §9.10.3), and Chromium embeds only the glyphs that the pages draw.
 */
export function charactersIn(pdf: Buffer): string {
  const found = new Set<number>();
  for (const stream of streamsOf(pdf)) {
    if (!stream.includes('begincmap')) continue;
    for (const [, code] of stream.matchAll(CHARACTER)) found.add(hex(code));
    for (const [, first, last, code] of stream.matchAll(RANGE))
      for (let offset = 0; offset <= hex(last) - hex(first); offset += 1) found.add(hex(code) + offset);
  }
  return String.fromCodePoint(...[...found].sort((one, other) => one - other));
}
