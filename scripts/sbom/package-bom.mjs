/**
 * Why this exists: the generator knows what npm would install. It does not know what our bundles carry inside, which is
 * what runs in a browser, and it describes the repository and not one package. This cuts one package's part out of the
 * repository's bill (CycloneDX 1.6) and adds what the bundles say of themselves.
 */

/** @typedef {{ name: string, version: string, licence: string, files: readonly string[] }} Part */

/**
 * @param {any} bom of all workspaces, without development dependencies.
 * @param {{ name: string, bundled: readonly Part[], hashOf: (name: string, version: string) => string | undefined }} own
 *   the published package's name without its scope, what its bundles carry, SHA-512 of a locked third party.
 * @returns {{ components: readonly unknown[], [key: string]: unknown }} the bill of one package.
 */
export function packageBom(bom, { name, bundled, hashOf }) {
  const subject = bom.components.find((component) => component.group === '@cloister' && component.name === name);
  if (subject === undefined) throw new Error(`the bill does not know @cloister/${name}`);
  const needs = new Map(bom.dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
  const reached = closure(subject['bom-ref'], needs);
  const installed = bom.components.filter((component) => reached.has(component['bom-ref']) && component !== subject);
  const inside = bundled.map((part) => bundledComponent(part, subject));
  const components = [...installed, ...inside].map((component) => withHash(component, hashOf));
  return {
    $schema: bom.$schema,
    bomFormat: bom.bomFormat,
    specVersion: bom.specVersion,
    version: 1,
    metadata: { tools: bom.metadata.tools, component: { ...subject, type: 'library' } },
    components,
    dependencies: [...reached].map((ref) => ({
      ref,
      dependsOn: [...(needs.get(ref) ?? []), ...(ref === subject['bom-ref'] ? inside.map((c) => c['bom-ref']) : [])],
    })),
  };
}

/**
 * Reads the first line that `build/licence-banner.mjs` gives each bundle.
 * @param {ReadonlyMap<string, string>} files path in the package → its text.
 * @returns {Part[]}
 */
export function bundledParts(files) {
  const parts = new Map();
  for (const [path, text] of files) {
    const [, list] = (text.split('\n', 1)[0] ?? '').replace(/ \*\/$/u, '').split('; contains ');
    for (const part of list?.split(', ') ?? []) {
      const [name, version, ...licence] = part.split(' ');
      const known = parts.get(name) ?? { name, version, licence: licence.join(' '), files: [] };
      parts.set(name, { ...known, files: [...known.files, path] });
    }
  }
  return [...parts.values()].sort((a, b) => a.name.localeCompare(b.name));
}

function closure(start, needs) {
  const reached = new Set();
  const queue = [start];
  for (let ref = queue.pop(); ref !== undefined; ref = queue.pop()) {
    if (reached.has(ref)) continue;
    reached.add(ref);
    queue.push(...(needs.get(ref) ?? []));
  }
  return reached;
}

function bundledComponent({ name, version, licence, files }, subject) {
  const isExpression = licence.includes(' ');
  return {
    type: 'library',
    name,
    version,
    'bom-ref': `${subject['bom-ref']}|bundled|${name}@${version}`,
    scope: 'required',
    licenses: [isExpression ? { expression: licence.replaceAll(/[()]/gu, '') } : { license: { id: licence } }],
    purl: `pkg:npm/${name}@${version}`,
    properties: files.map((file) => ({ name: 'cloister:bundled-in', value: file })),
  };
}

function withHash(component, hashOf) {
  const name = component.group === undefined ? component.name : `${component.group}/${component.name}`;
  const content = hashOf(name, component.version);
  return content === undefined ? component : { ...component, hashes: [{ alg: 'SHA-512', content }] };
}
