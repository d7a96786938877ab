// @stomp/stompjs over sockjs-client, held to one of its transports.
import SockJS from 'sockjs-client';
import { run } from './stompjs.mjs';

const { PHAROS_URL, PHAROS_TRANSPORT } = process.env;
run(() => new SockJS(PHAROS_URL, null, { transports: [PHAROS_TRANSPORT] }));
