// Reading and writing the XML of bank messages. What a bank sends is foreign text: no document types, no entities of its own, bounded in
// size and depth, and every value stays text until a schema has looked at it.
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: string };

export const fault = (text: string): { readonly ok: false; readonly fault: string } => ({ ok: false, fault: text });

/** A statement of a busy day has some thousand lines of about a kilobyte. */
export const mostCharacters = 20_000_000;
const deepest = 40;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: deepest,
});

/** A document type could define entities that grow without end or read files: none is looked at. */
const forbidden = /<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i;

/** Control characters that XML 1.0 has no place for. */
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const everyImpossible = new RegExp(impossible, 'g');

type Wanted = { readonly namespace: string; readonly root: string };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (text: string): unknown => {
  try {
    return parser.parse(text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};

/** The content of `Document/<root>` when the text is well-formed XML of exactly this message. */
export const readXml = (text: string, { namespace, root }: Wanted): Read<unknown> => {
  if (text.length > mostCharacters) return fault(`longer than ${mostCharacters} characters`);
  if (forbidden.test(text)) return fault('a document type is not allowed');
  if (impossible.test(text)) return fault('a character that XML cannot carry');
  const wellFormed = XMLValidator.validate(text);
  if (wellFormed !== true) return fault(`not well-formed: line ${wellFormed.err.line}, ${wellFormed.err.code}`);
  const tree = parsed(text);
  if (tree instanceof Error) return fault(`not readable: ${tree.message}`);
  const document = isRecord(tree) ? tree['Document'] : undefined;
  if (!isRecord(document)) return fault('the root is not Document');
  if (document['@xmlns'] !== namespace) return fault(`the namespace is not ${namespace}`);
  const content = document[root];
  return content === undefined ? fault(`Document has no ${root}`) : { ok: true, value: content };
};

/** An element that may come once or often is read as a list. */
export const listed = (value: unknown): unknown => (value === undefined || Array.isArray(value) ? value : [value]);

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Control characters that XML cannot carry at all are left out. */
export const xmlText = (text: string): string =>
  text.replace(everyImpossible, '').replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);

/** One element with its content, which is XML already. */
export const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;
/** One element with a text. */
export const leaf = (name: string, text: string): string => element(name, xmlText(text));
