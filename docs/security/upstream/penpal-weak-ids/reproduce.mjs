// npm i penpal@7.0.6; node reproduce.mjs

// A context without crypto.randomUUID (a page over plain http, an older browser), with a generator that is known.
Object.defineProperty(globalThis, 'crypto', { value: { getRandomValues: globalThis.crypto.getRandomValues } });
const random = Math.random;
Math.random = () => 0.5;
const { connect, PortMessenger } = await import('penpal');

const { port1, port2 } = new MessageChannel();
const seen = [];
const messenger = new PortMessenger({ port: port1 });
const sendMessage = messenger.sendMessage;
messenger.sendMessage = (message, transferables) => {
  if (message.type === 'CALL') seen.push(message.id);
  // Two participants with one id never agree on who leads.
  if (message.type === 'SYN') message = { ...message, participantId: 'another' };
  sendMessage(message, transferables);
};
const calling = connect({ messenger });
connect({ messenger: new PortMessenger({ port: port2 }), methods: { ping: () => 'pong' } });
const remote = await calling.promise;
await Promise.all(
  [remote.ping(), remote.ping()].map((call) => Promise.race([call, new Promise((r) => setTimeout(r, 200))])),
);
Math.random = random;

console.log(`ids of two calls: ${seen.join(' and ')}`);
calling.destroy();
