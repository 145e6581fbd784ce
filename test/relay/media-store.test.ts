import { MediaFolder } from '#relay/media/media-folder.ts';
import { MediaMemory } from '../support/media-memory.ts';
import { tempFolder } from '../support/relay.ts';
import { mediaContract } from './media-contract.ts';

mediaContract('a folder', () => new MediaFolder(tempFolder()));
mediaContract('memory', () => new MediaMemory());
