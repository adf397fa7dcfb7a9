// How a printed page looks, and the policy it is sent with: this style by its hash, nothing else that runs or loads.
import { createHash } from 'node:crypto';

/** Logical properties only: one style serves both directions. */
export const printedStyle = `
:root { color-scheme: light; font-family: "IBM Plex Sans Arabic", "Noto Naskh Arabic", "Segoe UI", Tahoma, sans-serif; line-height: 1.8; }
body { max-inline-size: 42rem; margin-inline: auto; padding-inline: 1.25rem; padding-block: 2rem; color: #1b1b1b; background: #fff; }
header { border-block-end: 2px solid #14532d; margin-block-end: 1.5rem; font-weight: 600; color: #14532d; }
h1 { font-size: 1.5rem; line-height: 1.4; }
h2 { font-size: 1.125rem; margin-block-start: 1.75rem; break-after: avoid; }
dl div { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
dt { min-inline-size: 10rem; color: #444; }
dd { margin-inline-start: 0; font-weight: 500; overflow-wrap: anywhere; }
table { inline-size: 100%; border-collapse: collapse; margin-block: 1rem; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-weight: 600; padding-block-end: .5rem; }
th, td { border: 1px solid #767676; padding-block: .35rem; padding-inline: .6rem; text-align: start; vertical-align: top; }
thead th { background: #eef4f0; }
tbody th { font-weight: 400; }
tr { break-inside: avoid; }
.signatures { list-style: none; padding-inline-start: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: 2rem; }
.signatures li { border-block-start: 1px solid #767676; padding-block-start: .4rem; margin-block-start: 3rem; break-inside: avoid; }
.signatures span { display: block; }
footer { border-block-start: 1px solid #767676; margin-block-start: 2.5rem; font-size: .875rem; break-inside: avoid; }
footer h2 { font-size: 1rem; }
footer svg { inline-size: 7rem; block-size: 7rem; }
a { color: #14532d; }
@page { size: A4; margin: 20mm; }
@media print { body { max-inline-size: none; padding: 0; } a { color: inherit; text-decoration: none; } }
`;

/** The header `Content-Security-Policy` of a printed page. */
export const printedPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(printedStyle).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
