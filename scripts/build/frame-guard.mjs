/**
 * Why this exists: a frame's script is named by hash in its document's Content-Security-Policy, after the configuration
 * was written into it. That holds only when the script is one file, loads nothing by itself, and names the
 * configuration in one place.
 */
const PLACEHOLDER = '__CLOISTER_CONFIG__';

/** @returns {import('rollup').Plugin} */
export function frameGuard() {
  return {
    name: 'frame-guard',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle);
      if (chunks.length !== 1)
        this.error(`a frame is one file, not ${chunks.map((chunk) => chunk.fileName).join(', ')}`);
      for (const chunk of chunks) checkFrame(chunk, this);
    },
  };
}

function checkFrame(chunk, context) {
  const places = (code) => code.split(PLACEHOLDER).length - 1;
  const wanted = Object.values(chunk.modules).some(({ code }) => code !== null && places(code) > 0) ? 1 : 0;
  const found = places(chunk.code);
  if (found !== wanted) context.error(`${chunk.fileName} names ${PLACEHOLDER} ${found} times; it must ${wanted} times`);
  const loaded = [...chunk.imports, ...chunk.dynamicImports];
  if (loaded.length > 0) context.error(`${chunk.fileName} imports ${loaded.join(', ')}`);
}
