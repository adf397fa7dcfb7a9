// Text from people as it may be printed: without control characters, and without the invisible ones that turn the direction of
// what follows. With those a sum or a name could be made to read differently from what was decided.

const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export const plainText = (text: string): string => text.replaceAll(unprintable, '');
