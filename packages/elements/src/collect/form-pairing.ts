import type { CardBrand } from '@cloister/protocol';
import { toCollect, type ToCollect, type ToCoordinator } from '../pairing/messages.js';
import { privatePort, type PrivatePort } from '../pairing/private-port.js';
import { requestPairing } from '../pairing/request-pairing.js';
import type { CollectForm } from './collect-form.js';

/** The form's side of the private channel. */
export interface FormPairing {
  readonly pair: (partner: { readonly coordinator: string; readonly form: string }) => Promise<void>;
  readonly tellBrand: (brand: CardBrand | undefined) => void;
}

interface PairingContext {
  readonly form: CollectForm;
  readonly collection: string;
  readonly frame: string;
  /** Resolves, when what changed was sent to the page, with the number of messages that were. */
  readonly told: () => Promise<number>;
}

const brandMessage = (brand: CardBrand | undefined): ToCoordinator =>
  brand === undefined ? { type: 'brand' } : { type: 'brand', brand };

/**
 * Joins the coordinator, answers its `gather`, and exchanges brands with the form's other frames through it. Pairing again
 * (after the coordinator was made anew) replaces the channel.
 */
export function createFormPairing({ form, collection, frame, told }: PairingContext): FormPairing {
  let channel: PrivatePort<ToCoordinator, ToCollect> | undefined;

  const gathered = (request: number): void => {
    const values = form.gather();
    const revision = form.revision();
    channel?.send({ type: 'gathered', request, revision, ...(values === undefined ? {} : { values }) });
  };

  const answer = async (message: ToCollect): Promise<void> => {
    switch (message.type) {
      case 'brand':
        form.setBrand(message.brand);
        return;
      case 'gather':
        gathered(message.request);
        return;
      case 'stored':
        form.forget();
        channel?.send({ type: 'forgotten', request: message.request, told: await told() });
    }
  };

  return {
    pair: async ({ coordinator, form: id }) => {
      const port = await requestPairing({ coordinator, frame, role: 'collect' });
      channel?.close();
      channel = privatePort<ToCoordinator, ToCollect>({ port, incoming: toCollect });
      channel.on((message) => void answer(message));
      channel.send({ type: 'joined', form: id, collection, fields: form.names });
      const brand = form.brand();
      if (brand !== undefined) channel.send(brandMessage(brand));
    },
    tellBrand: (brand) => channel?.send(brandMessage(brand)),
  };
}
