// Prints what a STOMP client receives, one JSON object a line, until it is ended from outside.
// It subscribes again after each connect, as the package asks for, from where it left off.
import { Client } from '@stomp/stompjs';
import WebSocket from 'ws';

const { PHAROS_URL, PHAROS_TOKEN, PHAROS_DESTINATION, PHAROS_SUBPROTOCOL } = process.env;
let last;
const client = new Client({
  connectHeaders: { Authorization: `Bearer ${PHAROS_TOKEN}` },
  reconnectDelay: 200,
  webSocketFactory: () =>
    new WebSocket(`${PHAROS_URL.replace('http', 'ws')}/ws`, PHAROS_SUBPROTOCOL.split(',')),
});

client.onConnect = (frame) => {
  console.log(JSON.stringify({ type: 'connected', id: frame.headers.version, body: '' }));
  client.watchForReceipt('in', () =>
    console.log(JSON.stringify({ type: 'subscribed', id: '', body: '' })));
  const resume = last === undefined ? {} : { 'last-event-id': last };
  client.subscribe(
    PHAROS_DESTINATION,
    (message) => {
      last = message.headers['message-id'];
      const type = message.headers['pharos-event'] ?? message.headers.event ?? 'message';
      console.log(JSON.stringify({ type, id: last, body: message.body }));
    },
    { receipt: 'in', ...resume });
};
client.onStompError = (frame) => console.error('ERROR', frame.headers.message, frame.body);
client.onWebSocketClose = (event) => console.error('closed', event.code);
client.activate();

// A line on standard input is sent; its end is a goodbye with a receipt.
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) =>
  text.split('\n').filter((line) => line).forEach((line) =>
    client.publish({ destination: PHAROS_DESTINATION, body: line, headers: { event: 'greeting' } })));
process.stdin.on('end', async () => {
  await client.deactivate();
  console.log(JSON.stringify({ type: 'deactivated', id: '', body: '' }));
});
