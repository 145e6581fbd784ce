// Hocuspocus, on PORT, with the document of STATE in every room.
import { readFileSync } from 'node:fs';
import { Server } from '@hocuspocus/server';
import { applyUpdate } from 'yjs';

const state = readFileSync(process.env.STATE);
const server = new Server({
  address: '127.0.0.1',
  port: Number(process.env.PORT),
  quiet: true,
  onLoadDocument: ({ document }) => void applyUpdate(document, state)
});
await server.listen();
console.log('ready');
