/** Runs in a frame, as code that was injected into it would; answers what worked. */
export async function tryEverything(script: string): Promise<readonly string[]> {
  const done: string[] = [];
  const attempt = async (name: string, act: () => unknown): Promise<void> => {
    try {
      if ((await act()) !== false) done.push(name);
    } catch {
      // Refused, as it should be.
    }
  };
  const flag = globalThis as { ran?: boolean };
  const { eval: evaluate, Function: makeFunction } = globalThis as unknown as {
    readonly eval: (code: string) => unknown;
    readonly Function: FunctionConstructor;
  };
  const ran = async (start: () => void): Promise<boolean> => {
    flag.ran = false;
    start();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return flag.ran;
  };
  // DevTools may do what a page may not, for as long as the call that came from them runs.
  await new Promise((resolve) => setTimeout(resolve));
  await attempt('eval', () => evaluate('1'));
  await attempt('function', () => Reflect.construct(makeFunction, ['return 1']));
  await attempt('wasm', () => new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
  await attempt('handler', () =>
    ran(() => {
      const button = document.createElement('button');
      button.setAttribute('onclick', 'globalThis.ran = true');
      button.click();
    }),
  );
  await attempt('markup', () => (document.createElement('p').innerHTML = '<b></b>'));
  await attempt('data script', () =>
    ran(() => {
      const element = document.createElement('script');
      element.src = 'data:text/javascript,globalThis.ran=true';
      document.head.append(element);
    }),
  );
  await attempt('network', () => fetch(script, { mode: 'no-cors' }));
  await attempt('image', () => {
    const image = new Image();
    const over = new Promise<boolean>((resolve) => {
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
    });
    image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
    return over;
  });
  return done;
}
