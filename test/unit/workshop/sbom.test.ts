import { describe, expect, it } from 'vitest';
import { bundledParts, packageBom, type Part } from '../../../scripts/sbom/package-bom.mjs';

const component = (name: string, group?: string): Record<string, unknown> => ({
  name,
  version: '1.0.0',
  'bom-ref': name,
  ...(group === undefined ? {} : { group }),
});

const BOM = {
  $schema: 'schema',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { tools: {} },
  components: [
    component('elements', '@cloister'),
    component('vault', '@cloister'),
    component('used'),
    component('deep'),
  ],
  dependencies: [
    { ref: 'elements', dependsOn: [] },
    { ref: 'vault', dependsOn: ['used'] },
    { ref: 'used', dependsOn: ['deep'] },
    { ref: 'deep' },
  ],
};

interface Component {
  readonly name: string;
  readonly purl?: string;
  readonly properties?: readonly { readonly value: string }[];
  readonly hashes?: readonly { readonly content: string }[];
}

const componentsOf = (name: string, bundled: readonly Part[] = []): readonly Component[] =>
  packageBom(BOM, { name, bundled, hashOf: (third) => (third === 'deep' ? 'ff' : undefined) })
    .components as readonly Component[];

describe('a bill of materials', () => {
  it('A104 holds everything that is installed with a package, and its hash', () => {
    expect(componentsOf('vault').map(({ name }) => name)).toEqual(['used', 'deep']);
    expect(componentsOf('vault')[1]?.hashes).toEqual([{ alg: 'SHA-512', content: 'ff' }]);
  });

  it('A104 holds what the bundles carry, though nothing installs it', () => {
    expect(componentsOf('elements')).toEqual([]);
    const banner =
      '/*! Cloister 0.1.0 Apache-2.0; contains dompurify 3.4.18 (MPL-2.0 OR Apache-2.0), penpal 7.0.6 MIT */';
    const files = new Map([
      ['dist/frames/collect.js', `${banner}\ncode`],
      ['dist/frames/reveal.js', '/*! Cloister 0.1.0 Apache-2.0; contains penpal 7.0.6 MIT */\ncode'],
      ['dist/frames/diagnose.js', '/*! Cloister 0.1.0 Apache-2.0 */\ncode'],
    ]);
    const [dompurify, penpal] = componentsOf('elements', bundledParts(files));
    expect(dompurify).toMatchObject({
      purl: 'pkg:npm/dompurify@3.4.18',
      licenses: [{ expression: 'MPL-2.0 OR Apache-2.0' }],
    });
    expect(penpal).toMatchObject({ version: '7.0.6', licenses: [{ license: { id: 'MIT' } }] });
    expect(penpal?.properties?.map(({ value }) => value)).toEqual(['dist/frames/collect.js', 'dist/frames/reveal.js']);
  });

  it('does not make a bill of what it does not know', () => {
    expect(() => componentsOf('nothing')).toThrow('@cloister/nothing');
  });
});
