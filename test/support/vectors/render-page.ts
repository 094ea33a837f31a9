import { sizesOf, VECTOR_FILES, type Described, type VectorSource } from './read-vectors.js';
import type { VectorResult, VectorSuites } from './run-vectors.js';

/** Where the product uses each primitive. */
const USES: Readonly<Record<keyof VectorSuites, string>> = {
  seal: 'sealing of values, of data keys and of kept answers (`vault/crypto/envelope.ts`)',
  signature: 'proofs of possession: made in the browser, checked by the vault (`vault/http/dpop.ts`)',
  mac: 'audit head, tokens in the audit log, bodies of repeated requests (`vault/crypto/key-ring.ts`)',
  derive: 'the keys that are made of the key-encryption key (`vault/crypto/key-ring.ts`)',
};

const ORDER: readonly (keyof VectorSuites)[] = ['seal', 'signature', 'mac', 'derive'];

const linked = ({ repository, file, commit }: VectorSource['source']): string =>
  `[${file.split('/').at(-1) ?? file}](${repository}), ${commit.slice(0, 12)}`;

/** `docs/security/vectors.md`, from the data and from a run of it. */
export function renderPage(suites: Described, result: VectorResult): string {
  const sizes = sizesOf(suites);
  const rows = ORDER.map((suite) => {
    const { primitive, source, inSource, leftOut } = suites[suite];
    const { passed, failed, skipped } = result[suite];
    const cells = [
      primitive,
      USES[suite],
      linked(source),
      `[${sizes[suite]}](../../test/vectors/wycheproof/${VECTOR_FILES[suite]}) of ${inSource}`,
      `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`,
      leftOut,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const total = ORDER.reduce((sum, suite) => sum + sizes[suite], 0);
  return `# Test vectors

Written by \`UPDATE_VECTORS=1 npx vitest run test/unit/vectors\`, from a run; the same test fails when this page is stale.

Every primitive in use is held against [Project Wycheproof](https://github.com/C2SP/wycheproof), ${total} vectors in all: through WebCrypto in
Node and in each browser that the suite drives, through \`node:crypto\` called as the vault calls it, and through our own envelope and
proof. Groups are complete; what is left out is what our parameters cannot meet.

| Primitive | Used for | Source | Run here | Result | Left out |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

- **SHA-256** has no vectors there: NIST's examples of FIPS 180-4 are run instead. JWK thumbprints (RFC 7638) are held against the example
  of RFC 9449 §6.1.
- **JWS and JWE** vectors (\`json_web_signature_test.json\` and its kin) are not run: the only JWS that anything of ours takes is a DPoP
  proof of exactly one form, and nothing takes a JWE. Each of those files would be refused at its header; mutations of real proofs
  are tried instead (\`test/unit/fuzz/proof.test.ts\`).
- How the data got here, and how that was checked: [SOURCE.md](../../test/vectors/wycheproof/SOURCE.md).
- Vectors of our own, for whoever reads or writes the vault's envelopes: [envelope.md](envelope.md).
`;
}
