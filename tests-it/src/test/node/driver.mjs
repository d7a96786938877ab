// Lets a test drive a STOMP client: commands come in and events go out, one JSON object a line.
// Bodies are in Base64, so that a test sees the bytes.
import { createInterface } from 'node:readline';

export function tell(type, headers, body = new Uint8Array()) {
  console.log(JSON.stringify({ type, headers, body: Buffer.from(body).toString('base64') }));
}

// The messages that came and may be acknowledged, by their identifiers.
const messages = new Map();

export function received(message, body) {
  messages.set(message.headers['message-id'], message);
  tell('message', message.headers, body);
}

// How the actions that need no more than a message are done, the same for every client.
const common = {
  ack: ({ message, headers }) => messages.get(message).ack(headers),
  nack: ({ message, headers }) => messages.get(message).nack(headers),
};

export function drive(actions) {
  const all = { ...common, ...actions };
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { action, ...details } = JSON.parse(line);
    all[action](details);
  });
}
