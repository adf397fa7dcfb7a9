// Hashes of documents that exist only as the text they are made of: a driver uploads nothing.
import { sha256 } from '../../platform/hashing.js';

export const documentHash = (text: string): string => sha256(`sanad-sample-document-v1\n${text}`);
