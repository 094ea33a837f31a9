import { CloisterError, revealSlot, token as tokenSchema, type Revealed, type SlotState } from '@cloister/protocol';
import { mergeAppearance, wireAppearance } from '../appearance.js';
import type { Client } from '../client.js';
import { lostLink } from '../coordinator/lost-link.js';
import { openSession } from '../coordinator/session.js';
import { coded, demand, fitting, insist } from '../errors.js';
import { listening } from '../events/channels.js';
import { directionOf, resolveLocale } from '../locale.js';
import { labelsOf } from '../group/frame-group.js';
import { FRAME_TITLES, REVEAL_TEXTS } from '../messages/en.js';
import { resolveTarget, type Target } from '../target.js';
import type {
  RevealOptions,
  RevealValue,
  RevealView,
  ValueMountOptions,
  ValueOptions,
  ValueState,
  ViewMountOptions,
} from './reveal-api.js';
import type { RevealFrame } from './reveal-frame.js';
import { Value, type ValueOwner } from './value.js';
import { ViewFrames } from './view-frames.js';

const HIDE_AFTER = 30;

/** What became of a value; one that the coordinator does not mention was not shown. */
function outcome(slot: string, items: readonly Revealed[]): Pick<SlotState, 'status' | 'code'> {
  const item = items.find((each) => each.slot === slot);
  if (item === undefined) return { status: 'failed', code: 'internal' };
  return item.code === undefined ? { status: 'shown' } : { status: 'failed', code: item.code };
}

/** A view: what the integrator calls. */
export class View implements RevealView, ValueOwner {
  readonly on: RevealView['on'];
  readonly #client: Client;
  readonly #frames: ViewFrames;
  readonly #options: RevealOptions;
  readonly #gone: () => void;
  #slots = 0;
  #showing = false;
  #destroyed = false;

  constructor(client: Client, { gone, ...options }: RevealOptions & { readonly gone: () => void }) {
    this.#client = client;
    this.#gone = gone;
    this.#options = options;
    wireAppearance(options.appearance);
    this.#frames = new ViewFrames(client);
    this.on = listening(this.#frames.channels);
  }

  get state(): readonly ValueState[] {
    return this.#frames.state;
  }

  value(token: string, { label, copy = false, hideAfter = HIDE_AFTER }: ValueOptions): RevealValue {
    this.#alive();
    this.#slots += 1;
    const slot = demand(revealSlot, { slot: `v${String(this.#slots)}`, label, copy, hideAfter }, 'value');
    const value = new Value(demand(tokenSchema, token, 'token'), slot, this);
    this.#frames.members.set(slot.slot, value);
    return value;
  }

  mount(target: Target, { layout, title }: ViewMountOptions = {}): Promise<void> {
    this.#frames.sweep();
    const free = [...this.#frames.members.values()].filter(({ frame }) => frame === null);
    const rows = layout?.map((row) => row.map((value) => this.#mine(value))) ?? free.map((value) => [value]);
    return this.#open(target, rows, title);
  }

  show(): Promise<readonly ValueState[]> {
    if (this.#showing) return Promise.reject(new CloisterError('busy'));
    this.#showing = true;
    return this.#show().finally(() => {
      this.#showing = false;
    });
  }

  hide(): void {
    for (const frame of this.#frames.all)
      this.#frames.attempt(
        frame,
        frame.ask((calls) => calls.hide({})),
      );
  }

  unmount(): void {
    for (const frame of this.#frames.all) this.unmountAlone(frame);
  }

  destroy(): void {
    this.#destroyed = true;
    this.#frames.destroy();
    this.#gone();
  }

  mountAlone(value: Value, target: Target, { title }: ValueMountOptions): Promise<void> {
    this.#frames.sweep();
    return this.#open(target, [[value]], title);
  }

  unmountAlone(frame: RevealFrame): void {
    this.#frames.release(frame, 'unmounted');
  }

  forget(slot: string): void {
    this.#frames.members.delete(slot);
  }

  #mine(value: RevealValue): Value {
    insist(value instanceof Value && this.#frames.members.get(value.slot.slot) === value, 'a value of another view');
    return value;
  }

  #open(target: Target, rows: readonly (readonly Value[])[], title: string | undefined): Promise<void> {
    if (this.#destroyed) return Promise.reject(new CloisterError('destroyed'));
    const parent = resolveTarget(target);
    const values = rows.flat();
    insist(values.length > 0, 'nothing to mount');
    const labels = labelsOf(values);
    const { look } = this.#client;
    const setup = {
      slots: values.map(({ slot }) => slot),
      layout: rows.map((row) => row.map(({ slot }) => slot.slot)),
      texts: { ...REVEAL_TEXTS, ...this.#options.texts },
      appearance: wireAppearance(mergeAppearance(look.appearance, this.#options.appearance)),
      locale: resolveLocale(this.#options.locale ?? look.locale ?? 'auto'),
      direction: directionOf(parent),
    };
    return this.#frames.open({
      parent,
      title: title ?? `${FRAME_TITLES.reveal}: ${labels}`,
      setup: fitting(setup),
    });
  }

  async #show(): Promise<readonly ValueState[]> {
    try {
      this.#alive();
      this.#frames.sweep();
      const frames = this.#frames.all;
      if (frames.length === 0) throw new CloisterError('unmounted');
      await Promise.all(frames.map(({ ready }) => ready));
      const asked = [...this.#frames.members.values()].filter(({ frame }) => frame !== null);
      const items = await this.#ask(frames, asked);
      const outcomes = asked.map(({ token, slot: { slot } }) => ({ slot, state: { token, ...outcome(slot, items) } }));
      // What is shown the frame itself says, for it may be hidden again already; what never reached it we say.
      const failed = outcomes.filter(({ state }) => state.status === 'failed');
      this.#frames.changed(
        failed.map(({ slot, state: { status, code } }) => ({ slot, status, ...(code && { code }) })),
      );
      return outcomes.map(({ state }) => state);
    } catch (error) {
      throw this.#destroyed ? new CloisterError('destroyed') : lostLink(coded(error));
    }
  }

  async #ask(frames: readonly RevealFrame[], values: readonly Value[]): Promise<readonly Revealed[]> {
    const coordinator = await this.#client.coordinator.reach(frames);
    const tokens = [...new Set(values.map(({ token }) => token))];
    const session = await openSession(coordinator, this.#client.session, (jkt) => ({ purpose: 'reveal', jkt, tokens }));
    const items = values.flatMap(({ frame, slot, token }) =>
      frame === null ? [] : [{ frame: frame.id, slot: slot.slot, token }],
    );
    return (await coordinator.calls.reveal({ ...session, items })).items;
  }

  #alive(): void {
    if (this.#destroyed) throw new CloisterError('destroyed');
  }
}
