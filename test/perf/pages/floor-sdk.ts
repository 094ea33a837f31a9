/** The host's half of the floors, served as a file as every SDK is. */
declare const ELEMENTS: string;
declare const DOCUMENT: string;

/** What the page's script makes of a frame. */
export interface FloorFrame {
  readonly iframe: HTMLIFrameElement;
  readonly ready: Promise<void>;
  ask(message: object): Promise<unknown>;
  close(): void;
}

export interface Floor {
  /** Takes a frame that stands in the page, or makes one in this place. */
  open(place: Element, hash: string, changed: () => void): FloorFrame;
}

declare global {
  interface Window {
    floor: Floor;
  }
}

interface Reply {
  readonly id?: number;
  readonly result?: unknown;
}

function frameIn(place: Element, hash: string): HTMLIFrameElement {
  if (place instanceof HTMLIFrameElement) return place;
  const iframe = document.createElement('iframe');
  iframe.src = `${ELEMENTS}${DOCUMENT}${hash}`;
  place.append(iframe);
  return iframe;
}

const open: Floor['open'] = (place, hash, changed) => {
  const { port1: port, port2: theirs } = new MessageChannel();
  const asked: ((result: unknown) => void)[] = [];
  port.onmessage = ({ data: { id, result } }: MessageEvent<Reply>) => {
    if (id === undefined) changed();
    else asked[id]?.(result);
  };
  let hear = (_: MessageEvent): void => undefined;
  const iframe = frameIn(place, hash);
  const ready = new Promise<void>((resolve) => {
    hear = ({ source, origin }) => {
      if (source !== iframe.contentWindow || origin !== ELEMENTS) return;
      removeEventListener('message', hear);
      iframe.contentWindow?.postMessage('', ELEMENTS, [theirs]);
      resolve();
    };
    addEventListener('message', hear);
  });
  return {
    iframe,
    ready,
    ask: (message) =>
      new Promise((resolve) => {
        port.postMessage({ ...message, id: asked.push(resolve) - 1 });
      }),
    close: () => {
      removeEventListener('message', hear);
      port.close();
      iframe.remove();
    },
  };
};

window.floor = { open };
