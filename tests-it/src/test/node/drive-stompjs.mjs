import WebSocket from 'ws';
import { run } from './stompjs.mjs';

run(() => new WebSocket(process.env.PHAROS_URL, ['v12.stomp', 'v11.stomp', 'v10.stomp']));
