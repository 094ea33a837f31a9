import { setTimeout } from 'node:timers/promises';
import { childChannel, type Channel } from './channel.js';
import { MARKUP_WATCH, TELL, WORLD, type MarkupKind } from './markup-watch.js';
import { at, listAt, numberAt, textAt } from './read-at.js';
import type { Seen, SeenFrame, SeenRequest, SeenScript } from './seen.js';

/** Scripts that are written down of a page, and texts in its markup of each kind: one that makes more hides something among them. */
const MOST = 5000;
/** Milliseconds. */
const PATIENCE = 10_000;
const WORKERS = new Set(['worker', 'shared_worker', 'service_worker']);
const KINDS: readonly MarkupKind[] = ['handler', 'address', 'element'];

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Address of the innermost script on a stack, through what is awaited as well. */
function callerIn(stack: unknown): string {
  const own = listAt(stack, 'callFrames')
    .map((frame) => textAt(frame, 'url'))
    .find((url) => url !== '');
  if (own !== undefined) return own;
  const parent = at(stack, 'parent');
  return parent === undefined ? '' : callerIn(parent);
}

/**
 * Writes down what runs in a page, from its first moment until it is stopped. It asks nothing in the world of the page: what it evaluates, it
 * evaluates in a world of its own, and the debugger tells them apart.
 */
export class Recorder {
  readonly #scripts: SeenScript[] = [];
  readonly #requests = new Map<string, SeenRequest>();
  readonly #frames = new Map<string, SeenFrame>();
  /** By the browser's id of a frame: the document that it has now. One that leaves may have done its work. */
  readonly #now = new Map<string, string>();
  readonly #markup: Readonly<Record<MarkupKind, Map<string, Set<string>>>> = {
    handler: new Map(),
    address: new Map(),
    element: new Map(),
  };
  readonly #work = new Set<Promise<unknown>>();
  #isOn = true;

  /** Follows a document, and what it starts. Nothing of it may have run. */
  async document(channel: Channel): Promise<void> {
    // Ids of worlds are only unique in their process, and so on their line.
    const worlds = new Map<number, string>();
    channel.hear((event, params) => {
      this.#hear(channel, event, params);
      if (this.#isOn && event === 'Runtime.bindingCalled') this.#told(params, worlds);
    });
    this.#follow(channel, { where: 'document', worker: '' }, worlds);
    await channel.send('Page.enable');
    await channel.send('Runtime.enable');
    await channel.send('Network.enable');
    await channel.send('Runtime.addBinding', { name: TELL, executionContextName: WORLD });
    await channel.send('Page.addScriptToEvaluateOnNewDocument', { source: MARKUP_WATCH, worldName: WORLD });
    this.#tree(at(await channel.send('Page.getFrameTree'), 'frameTree'));
    await this.#begin(channel);
  }

  /** Follows a worker, and what it starts. */
  async worker(channel: Channel, address: string): Promise<void> {
    channel.hear((event, params) => this.#hear(channel, event, params));
    this.#follow(channel, { where: 'worker', worker: address }, new Map());
    await channel.send('Network.enable').catch(() => undefined);
    await this.#begin(channel);
  }

  /**
   * Hears nothing more, and waits for texts that are on their way, but not for ever.
   *
   * @throws RangeError when the page made more scripts than are written down.
   */
  async stop(): Promise<Seen> {
    this.#isOn = false;
    const done = Promise.allSettled([...this.#work]);
    await Promise.race([done, setTimeout(PATIENCE, undefined, { ref: false })]);
    const most = Math.max(this.#scripts.length, ...KINDS.map((kind) => this.#markup[kind].size));
    if (most > MOST) throw new RangeError(`the page runs more than ${String(MOST)} scripts`);
    return { scripts: [...this.#scripts], requests: this.#requests, frames: this.#frames, markup: this.#markup };
  }

  async #begin(channel: Channel): Promise<void> {
    await channel.send('Debugger.enable');
    // A `debugger` statement is there to stop whoever watches.
    await channel.send('Debugger.setSkipAllPauses', { skip: true });
    await channel.send('Debugger.setAsyncCallStackDepth', { maxDepth: 8 });
    await channel.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
  }

  #do(work: Promise<unknown>): void {
    const done = work.catch(() => undefined).finally(() => this.#work.delete(done));
    this.#work.add(done);
  }

  #tree(tree: unknown): void {
    this.#frame(at(tree, 'frame'));
    for (const child of listAt(tree, 'childFrames')) this.#tree(child);
  }

  #frame(frame: unknown): void {
    this.#entered(textAt(frame, 'id'), textAt(frame, 'parentId'), textAt(frame, 'url'));
  }

  /** Each document of a frame is one of its own: what ran in it ran there, wherever the frame goes. */
  #entered(id: string, parent: string, url: string): void {
    const document = `${id} ${String(this.#frames.size)}`;
    this.#frames.set(document, { url, parent: this.#now.get(parent) ?? parent });
    this.#now.set(id, document);
  }

  #hear(channel: Channel, event: string, params: unknown): void {
    if (!this.#isOn) return;
    if (event === 'Target.attachedToTarget') this.#do(this.attached(channel, params));
    if (event === 'Page.frameNavigated') this.#frame(at(params, 'frame'));
    if (event === 'Page.frameAttached') this.#attachedFrame(params);
    if (event === 'Network.requestWillBeSent') this.#request(params);
  }

  #attachedFrame(params: unknown): void {
    const id = textAt(params, 'frameId');
    if (!this.#now.has(id)) this.#entered(id, textAt(params, 'parentFrameId'), 'about:blank');
  }

  #request(params: unknown): void {
    if (textAt(params, 'type') !== 'Script') return;
    const initiator = at(params, 'initiator');
    const caller = callerIn(at(initiator, 'stack'));
    const byScript = textAt(initiator, 'type') === 'script';
    const from = caller === '' ? textAt(initiator, 'url') : caller;
    this.#requests.set(textAt(params, 'request', 'url'), {
      byScript,
      from: from === '' ? textAt(params, 'documentURL') : from,
    });
  }

  #told(params: unknown, worlds: ReadonlyMap<number, string>): void {
    if (textAt(params, 'name') !== TELL) return;
    const line = parse(textAt(params, 'payload'));
    const kind = KINDS.find((each) => each === textAt(line, '0'));
    const frame = this.#now.get(worlds.get(numberAt(params, 'executionContextId')) ?? '') ?? '';
    if (kind === undefined || this.#markup[kind].size > MOST) return;
    const text = textAt(line, '1');
    this.#markup[kind].set(text, (this.#markup[kind].get(text) ?? new Set()).add(frame));
  }

  #follow(channel: Channel, place: Pick<SeenScript, 'where' | 'worker'>, worlds: Map<number, string>): void {
    channel.hear((event, params) => {
      if (!this.#isOn || event !== 'Debugger.scriptParsed') return;
      const aux = at(params, 'executionContextAuxData');
      if (textAt(aux, 'type') === 'isolated') {
        worlds.set(numberAt(params, 'executionContextId'), textAt(aux, 'frameId'));
        return;
      }
      this.#do(this.#script(channel, { params, ...place, frame: this.#now.get(textAt(aux, 'frameId')) ?? '' }));
    });
  }

  async #script(
    channel: Channel,
    { params, ...place }: Pick<SeenScript, 'where' | 'worker' | 'frame'> & { readonly params: unknown },
  ): Promise<void> {
    const scriptId = textAt(params, 'scriptId');
    if (this.#scripts.length > MOST) return;
    const source = await channel.send('Debugger.getScriptSource', { scriptId }).catch(() => undefined);
    this.#scripts.push({
      ...place,
      address: textAt(params, 'embedderName'),
      text: source === undefined ? undefined : textAt(source, 'scriptSource'),
      bytes: textAt(source, 'bytecode'),
      digest: textAt(params, 'hash'),
      length: numberAt(params, 'length'),
      isModule: at(params, 'isModule') === true,
      atStart: numberAt(params, 'startLine') === 0 && numberAt(params, 'startColumn') === 0,
      caller: callerIn(at(params, 'stackTrace')),
    });
  }

  /** A target was attached through a line that is followed: it is followed, too, and then let run. */
  async attached(parent: Channel, params: unknown): Promise<void> {
    const channel = childChannel(parent, textAt(params, 'sessionId'));
    const type = textAt(params, 'targetInfo', 'type');
    try {
      if (WORKERS.has(type)) await this.worker(channel, textAt(params, 'targetInfo', 'url'));
      if (type === 'iframe') await this.document(channel);
    } finally {
      await channel.send('Runtime.runIfWaitingForDebugger');
    }
  }
}
