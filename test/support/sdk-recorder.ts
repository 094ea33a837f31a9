/** What the recorder of the SDK leaves on the host page's window for the test. */
export interface SdkRecorderWindow {
  /** Adds an object of the SDK, and all that it makes, to the trace: results, errors and events. */
  spyOn<T extends object>(name: string, target: T): T;
}

/** Runs in the host page after `recordHost`, whose trace it adds to. It is handed to the browser as source text. */
export function recordSdk(): void {
  if (window !== window.top) return;
  const { noteTrace, showTrace } = window;
  const spies = new WeakMap<object, object>();
  const events = ['ready', 'change', 'focus', 'blur', 'enter', 'escape', 'error', 'copied'];
  type Listen = (type: string, listener: (event: unknown) => void) => unknown;
  const isSpeaking = (value: unknown): value is { on: Listen } =>
    typeof value === 'object' && value !== null && 'on' in value;
  /** Each kind of object has events of its own, and refuses the others. */
  const hear = (name: string, target: { on: Listen }, type: string): void => {
    try {
      target.on(type, (event) => noteTrace(`sdk ${name}`, `${type}: ${showTrace(event)}`));
    } catch {
      return;
    }
  };
  const spyOn: SdkRecorderWindow['spyOn'] = <T extends object>(name: string, target: T): T => {
    const before = spies.get(target);
    if (before !== undefined) return before as T;
    const answered = (call: string, result: unknown): unknown => {
      if (result instanceof Promise)
        result.then(
          (value) => noteTrace(`sdk ${name}`, `${call} -> ${showTrace(value)}`),
          (error: unknown) => noteTrace(`sdk ${name}`, `${call} x> ${showTrace(error)}`),
        );
      else if (typeof result === 'object' && result !== null) return spyOn(`${name}.${call}`, result);
      else noteTrace(`sdk ${name}`, `${call} = ${showTrace(result)}`);
      return result;
    };
    const proxy = new Proxy(target, {
      get: (object, key) => {
        const member: unknown = Reflect.get(object, key, object);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          const first = typeof args[0] === 'string' && !/[0-9a-f]{8}-/u.test(args[0]) ? args[0] : '';
          return answered(`${String(key)}(${first})`, (member as (...all: unknown[]) => unknown).apply(object, args));
        };
      },
    });
    spies.set(target, proxy);
    if (isSpeaking(target)) for (const type of events) hear(name, target, type);
    return proxy;
  };
  window.spyOn = spyOn;
}
