import { processTerminal, stopped } from '@cloister/cli';
import { once } from '../once/once.js';
import { HELP, startOptions, type StartOptions } from './options.js';
import { startShop, type Shop } from './shop.js';

/** Opens the shop and keeps it open until Ctrl-C; with `--once`, until a browser has been through it. */
async function main(words: readonly string[]): Promise<number> {
  const options = startOptions(words);
  const terminal = processTerminal();
  if (options.help) {
    terminal.print(HELP);
    return 0;
  }
  const refused = (lines: readonly string[]): void => {
    for (const line of lines) terminal.note(line);
  };
  const shop = await startShop({ ...options, refused });
  try {
    if (options.once) {
      terminal.note(`Driving a browser through ${shop.urls.shop}`);
      const report = await once({ shop: shop.urls.shop, headed: options.headed, out: 'out' });
      terminal.print(JSON.stringify(report));
      return report.ok ? 0 : 1;
    }
    terminal.print(options.json ? JSON.stringify(shop.urls) : greeting(shop, options));
    await stopped(terminal);
    return 0;
  } finally {
    await shop.close();
  }
}

const greeting = ({ urls }: Shop, { data }: StartOptions): string => `
Lantern & Loom is open.

  shop      ${urls.shop}
  elements  ${urls.elements}
  vault     ${urls.vault}

Try: buy a lamp with 4242 4242 4242 4242, any date to come and any security code; then open "My cards".
     Look for the number in the page with the developer tools: it is not there.
Data is kept in ${data}. Ctrl-C closes the shop.
`;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'the shop did not open'}\n`);
  process.exitCode = 1;
}
