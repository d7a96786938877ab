// @stomp/stompjs under a test's control, over whatever behaves like a WebSocket.
import { Client } from '@stomp/stompjs';
import { drive, received, tell } from './driver.mjs';

export function run(webSocketFactory, more = {}) {
  const client = new Client({
    connectHeaders: { Authorization: `Bearer ${process.env.PHAROS_TOKEN}` },
    reconnectDelay: 0,
    webSocketFactory,
    ...more,
  });
  client.onConnect = (frame) => tell('connected', frame.headers);
  client.onStompError = (frame) => tell('error', frame.headers, frame.binaryBody);
  client.onWebSocketClose = ({ code }) => tell('closed', { code: String(code) });

  function watch({ receipt }) {
    if (receipt) {
      client.watchForReceipt(receipt, (frame) => tell('receipt', frame.headers));
    }
  }

  drive({
    subscribe({ destination, headers }) {
      watch(headers);
      client.subscribe(destination, (message) => received(message, message.binaryBody), headers);
    },
    send({ destination, headers, body, binary }) {
      watch(headers);
      const bytes = Buffer.from(body, 'base64');
      client.publish({
        destination, headers, ...(binary ? { binaryBody: bytes } : { body: bytes.toString() }),
      });
    },
    begin: ({ transaction }) => client.begin(transaction),
    commit: ({ transaction }) => client.commit(transaction),
    abort: ({ transaction }) => client.abort(transaction),
    disconnect: () => client.deactivate(),
  });
  client.activate();
}
