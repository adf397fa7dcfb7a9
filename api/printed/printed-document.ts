// What a printed document is (a letter, minutes), apart from how it looks: the same content becomes accessible HTML and a PDF.
// Texts are whole sentences in one language; amounts and dates come already written out for people.

export type PrintedBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: string; readonly value: string }[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'signatures'; readonly places: readonly { readonly role: string; readonly name: string }[] };

export type PrintedDocument = {
  readonly language: 'ar' | 'en';
  readonly title: string;
  /** Printed on every page, e.g. the request's reference or the session's number. */
  readonly reference: string;
  /** When what it says was decided; never the time of printing, so that the same document prints the same twice. */
  readonly issuedAt: Date;
  readonly blocks: readonly PrintedBlock[];
  /** Proof at the foot: a short code and an address (QR) at which anybody can compare, and what was hashed. */
  readonly proof?: { readonly code: string; readonly verifyUrl: string; readonly sha256: string };
};
