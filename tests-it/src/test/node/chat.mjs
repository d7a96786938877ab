// npm install @stomp/stompjs ws
// PHAROS_TOKEN=$(pharos token create --user ann) node chat.mjs
import { createInterface } from 'node:readline';
import { Client } from '@stomp/stompjs';
import WebSocket from 'ws';

const { PHAROS_URL = 'http://localhost:9080', PHAROS_TOKEN } = process.env;
const client = new Client({
  webSocketFactory: () => new WebSocket(`${PHAROS_URL.replace('http', 'ws')}/ws`, 'v12.stomp'),
  connectHeaders: { passcode: PHAROS_TOKEN },
});
const show = (message) => console.log(message.headers.destination, message.body);

client.onConnect = () => {
  client.subscribe('/topic/chat', show);
  client.subscribe('/user/queue/whispers', show);
  client.subscribe('/user/queue/errors', show);
  client.subscribe('/app/chat.welcome', show);
};
client.onStompError = (frame) => console.error('ERROR', frame.headers.message, frame.body);
client.activate();

// A line is for everyone; after @NAME, for NAME alone.
for await (const line of createInterface({ input: process.stdin })) {
  const [, name, text] = line.match(/^@(\S+) (.*)$/) ?? [];
  client.publish(
    name
      ? { destination: `/app/chat.whisper.${name}`, body: text }
      : { destination: '/app/chat.sendMessage', body: JSON.stringify({ text: line }) });
}
await client.deactivate();
