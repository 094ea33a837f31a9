import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig } from '@cloister/protocol';
import { describe, expect, it } from 'vitest';
import { scratchFolder } from '../test-support/scratch.js';
import { loadConfigFile } from './load-config-file.js';
import { JSON_TEMPLATE, STARTER, TYPESCRIPT_TEMPLATE } from './template.js';

describe('the starter configuration', () => {
  it('is valid, and the commented and the JSON form say the same', async () => {
    const starter = parseConfig(STARTER);
    const file = join(await scratchFolder(), 'cloister.config.mts');
    await writeFile(file, TYPESCRIPT_TEMPLATE);
    expect(starter.ok).toBe(true);
    expect(parseConfig(JSON.parse(JSON_TEMPLATE))).toEqual(starter);
    expect({ ok: true, config: (await loadConfigFile(file)).config }).toEqual(starter);
  });
});
