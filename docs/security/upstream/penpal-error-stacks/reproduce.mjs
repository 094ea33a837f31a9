// npm i penpal@7.0.6; node reproduce.mjs
import { connect, PortMessenger } from 'penpal';

const parse = (text) => {
  throw new RangeError(`no expiry date in "${text}"`);
};

const { port1, port2 } = new MessageChannel();
// What the other side must not see: the text that could not be read, and where this code is from.
const methods = { save: () => parse('4111111111111111, 12/30') };
const exposing = connect({ messenger: new PortMessenger({ port: port1 }), methods });
const remote = await connect({ messenger: new PortMessenger({ port: port2 }) }).promise;

const error = await remote.save().catch((reason) => reason);
console.log(`message: ${error.message}`);
console.log(`stack names our file: ${error.stack.includes(import.meta.url)}`);
console.log(`stack names our function: ${error.stack.includes('at parse (')}`);
exposing.destroy();
