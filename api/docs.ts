// The API's own pages, served from here: the document, Swagger UI without inline script, and the page of problem codes.
import express from 'express';
import type { Router } from 'express';
import { getAbsoluteFSPath } from 'swagger-ui-dist';
import type { Endpoint } from './endpoint.js';
import { openApiDocument } from './openapi.js';
import { messagesOf, problemCodes, problemPage, statuses } from './problem.js';

const page = (title: string, head: string, body: string): string =>
  `<!doctype html>
<html lang="ar" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${head}</head>
<body>${body}</body>
</html>
`;

const docsPage = page(
  'سند: واجهة البرمجة',
  '<link rel="stylesheet" href="/docs/assets/swagger-ui.css"><link rel="icon" href="/docs/assets/favicon-32x32.png">',
  '<div id="swagger" dir="ltr" lang="en"></div><script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script>',
);
const startScript = `window.addEventListener('load', () => {
  window.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger', deepLinking: true, validatorUrl: null });
});
`;

const codeEntry = (code: (typeof problemCodes)[number]): string => {
  const { ar, en } = messagesOf(code);
  return `<dt id="${code}"><code dir="ltr">${code}</code> (<bdi>${statuses[code]}</bdi>)</dt><dd>${ar}</dd><dd lang="en" dir="ltr">${en}</dd>`;
};
const codesPage = page(
  'سند: رموز المشكلات',
  '',
  `<main><h1>رموز المشكلات</h1><dl>${problemCodes.map(codeEntry).join('\n')}</dl></main>`,
);

export const mountDocs = (router: Router, endpoints: readonly Endpoint[], version: string): void => {
  const document = openApiDocument(endpoints, version);
  router.get('/openapi.json', (_req, res) => {
    res.json(document);
  });
  router.get('/docs', (_req, res) => {
    res.type('html').send(docsPage);
  });
  router.get('/docs/start.js', (_req, res) => {
    res.type('js').send(startScript);
  });
  router.get(problemPage, (_req, res) => {
    res.type('html').send(codesPage);
  });
  router.use('/docs/assets', express.static(getAbsoluteFSPath(), { index: false, maxAge: '1d' }));
};
