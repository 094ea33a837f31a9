import type { CardBrand, CollectSetup } from '@cloister/protocol';
import { toFrame, type ToCoordinator, type ToFrame } from '../pairing/messages.js';
import { privatePort, type PrivatePort } from '../pairing/private-port.js';
import { requestPairing } from '../pairing/request-pairing.js';
import type { CollectForm } from './collect-form.js';

/** The form's side of the private channel. */
export interface FormPairing {
  readonly pair: (coordinator: string) => Promise<void>;
  readonly tellBrand: (brand: CardBrand | undefined) => void;
}

interface PairingContext {
  readonly form: CollectForm;
  readonly setup: CollectSetup;
  readonly frame: string;
}

const brandMessage = (brand: CardBrand | undefined): ToCoordinator =>
  brand === undefined ? { type: 'brand' } : { type: 'brand', brand };

/**
 * Joins the coordinator, answers its `gather`, and exchanges brands with the form's other frames through it. Pairing again
 * (after the coordinator was made anew) replaces the channel.
 */
export function createFormPairing({ form, setup, frame }: PairingContext): FormPairing {
  let channel: PrivatePort<ToCoordinator, ToFrame> | undefined;

  const answer = (message: ToFrame): void => {
    if (message.type === 'brand') form.setBrand(message.brand);
    if (message.type !== 'gather') return;
    const values = form.gather();
    channel?.send({
      type: 'gathered',
      request: message.request,
      revision: form.revision(),
      ...(values === undefined ? {} : { values }),
    });
  };

  return {
    pair: async (coordinator) => {
      const port = await requestPairing({ coordinator, frame, role: 'collect' });
      channel?.close();
      channel = privatePort<ToCoordinator, ToFrame>({ port, incoming: toFrame });
      channel.on(answer);
      channel.send({ type: 'joined', form: setup.form, collection: setup.collection, fields: form.names });
      const brand = form.brand();
      if (brand !== undefined) channel.send(brandMessage(brand));
    },
    tellBrand: (brand) => channel?.send(brandMessage(brand)),
  };
}
