// webstomp-client under a test's control. It knows bodies as text alone.
import webstomp from 'webstomp-client';
import WebSocket from 'ws';
import { drive, received, tell } from './driver.mjs';

const { PHAROS_URL, PHAROS_TOKEN } = process.env;
// By itself it would ask for STOMP 1.0 first.
const protocols = ['v12.stomp', 'v11.stomp', 'v10.stomp'];
const client = webstomp.over(new WebSocket(PHAROS_URL, protocols), { debug: false, protocols });
client.onreceipt = (frame) => tell('receipt', frame.headers);

drive({
  subscribe: ({ destination, headers }) =>
    client.subscribe(destination, (message) => received(message, Buffer.from(message.body)), headers),
  send: ({ destination, headers, body }) =>
    client.send(destination, Buffer.from(body, 'base64').toString(), headers),
  begin: ({ transaction }) => client.begin(transaction),
  commit: ({ transaction }) => client.commit(transaction),
  abort: ({ transaction }) => client.abort(transaction),
  disconnect: () => client.disconnect(() => process.exit()),
});
client.connect(
  { Authorization: `Bearer ${PHAROS_TOKEN}` },
  (frame) => tell('connected', frame.headers),
  (failure) => failure.command === 'ERROR'
    ? tell('error', failure.headers, Buffer.from(failure.body))
    : tell('closed', { code: String(failure.code) }));
