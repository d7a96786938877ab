// Prints what an EventSource receives, one JSON object a line, until it is ended from outside.
// What comes after a lost connection is the package's own doing.
import { EventSource } from 'eventsource';

const { PHAROS_URL, PHAROS_TOKEN, PHAROS_DESTINATION } = process.env;
const address = `${PHAROS_URL}/api/stream?destination=${encodeURIComponent(PHAROS_DESTINATION)}`;
const source = new EventSource(address, {
  fetch: (input, init) =>
    fetch(input, { ...init, headers: { ...init.headers, Authorization: `Bearer ${PHAROS_TOKEN}` } }),
});
const print = (event) =>
  console.log(JSON.stringify({ type: event.type, id: event.lastEventId, body: event.data }));

for (const type of ['connected', 'message', 'greeting', 'gap', 'expired']) {
  source.addEventListener(type, print);
}
source.addEventListener('error', (event) => console.error(event.code, event.message));
