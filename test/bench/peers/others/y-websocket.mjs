// The reference relay of y-websocket, on PORT, with the document of STATE in every room.
import { readFileSync } from 'node:fs';
import { setPersistence, setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';
import { applyUpdate } from 'yjs';

const state = readFileSync(process.env.STATE);
setPersistence({
  provider: null,
  bindState: (_name, doc) => applyUpdate(doc, state),
  writeState: () => Promise.resolve()
});
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) });
server.on('connection', (socket, request) => setupWSConnection(socket, request));
server.on('listening', () => console.log('ready'));
