// An appeal over HTTP, and the letters that tell the decisions: who may read them, in which forms, and whether their code holds.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueToken } from '../../api/token.js';
import { act, at, checklist, handIn, rowsOf, versionOf } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import { pdfText } from '../support/pdf-text.js';
import { appealingPlan } from '../support/plans.js';
import type { World } from '../support/world.js';
import { openWorld, tokenKey } from '../support/world.js';

let world: World;
let told: Told;
beforeAll(async () => {
  world = await openWorld({ plan: appealingPlan });
  told = await handIn(world);
  await act(world, told, 'hana', '/screening', {
    verdict: 'ineligible',
    checklist: checklist(world),
    reasonCodes: ['expired-licence'],
    reason: 'انتهى الترخيص <script>alert(1)</script>',
  });
});
afterAll(() => world.close());

/** As a browser gets it: a page or a file, not JSON. */
const fetched = async (personId: string, path: string): Promise<Response> => {
  const { token } = await issueToken(personId, { key: tokenKey, hours: 1 });
  return fetch(`${world.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
};

describe('a request that was found not eligible', () => {
  it('stands in its appeal window, with the signatory awaited', async () => {
    const { body } = await world.as('samira').get(told.path);
    expect(body).toMatchObject({
      status: 'appeal-window',
      outcome: null,
      appeal: { standing: 'ineligible', verdict: null, judged: 0 },
      awaited: [{ command: 'fileAppeal', role: 'signatory' }],
    });
  });

  it('has one letter, which the NGO and the Fund may read and nobody else', async () => {
    const list = await world.as('samira').get(`${told.path}/letters`);
    expect(list.body['items']).toMatchObject([{ seq: 2, kind: 'ineligibility' }]);
    expect((await world.as('auditor').get(`${told.path}/letters/2`)).status).toBe(200);
    expect((await world.as('stranger').get(`${told.path}/letters`)).status).toBe(404);
    expect((await world.as('giza').get(`${told.path}/letters/2`)).status).toBe(404);
    expect((await world.nobody.get(`${told.path}/letters/2`)).status).toBe(401);
  });

  it('has no letter for what is not a decision', async () => {
    for (const seq of [1, 3, 999])
      expect((await world.as('samira').get(`${told.path}/letters/${seq}`)).status).toBe(404);
  });
});

describe('its letter', () => {
  it('is the same each time it is asked for, in each language', async () => {
    for (const lang of ['ar', 'en']) {
      const path = `${told.path}/letters/2?lang=${lang}`;
      const [once, again] = [await world.as('samira').get(path), await world.as('hana').get(path)];
      expect(once.body).toEqual(again.body);
      expect(once.body).toMatchObject({ language: lang, proof: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    }
  });

  it('is a page on which nothing can run, with what people wrote as text', async () => {
    const reply = await fetched('samira', `${told.path}/letters/2?lang=ar&format=html`);
    const page = await reply.text();
    expect(reply.headers.get('content-type')).toMatch(/^text\/html/);
    expect(reply.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-/);
    expect(page).toContain('dir="rtl"');
    expect(page).toContain('expired-licence');
    expect(page).not.toContain('<script');
  });

  it('is a PDF with the reference of the request on it', async () => {
    const reply = await fetched('samira', `${told.path}/letters/2?lang=en&format=pdf`);
    expect(reply.headers.get('content-type')).toBe('application/pdf');
    expect(reply.headers.get('content-disposition')).toMatch(/^inline; filename="SND-\d{4}-\d{6}-2-en\.pdf"$/);
    const { body } = await world.as('samira').get(told.path);
    expect(pdfText(Buffer.from(await reply.arrayBuffer())).join()).toContain(String(body['reference']));
  });

  it('has a code that anybody can check, and that tells kind, date and reference alone', async () => {
    const letter = await world.as('samira').get(`${told.path}/letters/2?lang=ar`);
    const address = new URL(String(at(letter.body, 'proof', 'verifyUrl')));
    expect(address.origin).toBe('https://sanad.example');
    const checked = await world.nobody.get(`${address.pathname}${address.search}`);
    expect(checked.body).toEqual({
      genuine: true,
      kind: 'ineligibility',
      title: { ar: expect.any(String), en: expect.any(String) },
      decidedAt: letter.body['issuedAt'],
      reference: letter.body['reference'],
    });
    const code = String(at(letter.body, 'proof', 'code'));
    const forged = [code.slice(0, -4) + 'ffff', code.replace(/-2-/, '-1-'), 'nonsense', `${code}'`];
    for (const wrong of forged)
      expect((await world.nobody.get(`/v1/letters/verify?code=${encodeURIComponent(wrong)}`)).body).toEqual({
        ...{ genuine: false, kind: null, title: null, decidedAt: null, reference: null },
      });
  });
});

describe('an appeal', () => {
  it('is filed by the signatory alone, and with grounds', async () => {
    const expectedVersion = await versionOf(world, told);
    const as = (personId: string, body: object) =>
      world.as(personId).post(`${told.path}/appeal`, { expectedVersion, ...body });
    expect(await as('adel', { reason: 'x' })).toMatchObject({ status: 403, body: { code: 'notYourRole' } });
    expect(await as('stranger', { reason: 'x' })).toMatchObject({ status: 404 });
    expect(await as('samira', {})).toMatchObject({ status: 409, body: { rule: 'grounds-missing' } });
    const reply = await act(world, told, 'samira', '/appeal', { reason: 'جُدِّد الترخيص', evidence: [] });
    expect(reply.body['status']).toBe('appeal');
  });

  it('comes into the inbox of the panel', async () => {
    const { body } = await world.as('panel-1').get('/v1/inbox');
    expect(rowsOf(body['items']).map((task) => task['command'])).toContain('decideAppeal');
  });

  it('is judged by people who had no part in the decision, and by most of them', async () => {
    const path = `${told.path}/appeal/judgements`;
    const seen = {
      expectedVersion: await versionOf(world, told),
      verdict: 'send-back',
      toStage: 'screening',
      reason: 'x',
    };
    expect(await world.as('deputy').post(path, seen)).toMatchObject({ status: 403, body: { code: 'notYourRole' } });
    expect(await world.as('panel-1').post(path, { ...seen, toStage: 'committee' })).toMatchObject({
      status: 409,
      body: { rule: 'send-back-to', accepted: 'screening' },
    });
    expect(await world.as('panel-1').post(path, { ...seen, toStage: 'nowhere' })).toMatchObject({ status: 400 });
    for (const judge of ['panel-1', 'panel-2'])
      await act(world, told, judge, '/appeal/judgements', { verdict: 'uphold', reason: `سبب ${judge}` });
    const { body } = await world.as('samira').get(told.path);
    expect(body).toMatchObject({ outcome: 'ineligible', appeal: { verdict: 'uphold', judged: 2 }, awaited: [] });
  });

  it('is decided once: a second one is refused and says why', async () => {
    const expectedVersion = await versionOf(world, told);
    const again = await world.as('samira').post(`${told.path}/appeal`, { expectedVersion, reason: 'مرة أخرى' });
    expect(again).toMatchObject({ status: 409, body: { code: 'appealAlreadyDecided' } });
  });

  it('is told to the NGO in a letter with the reasons of the panel, not with its names', async () => {
    const list = await world.as('samira').get(`${told.path}/letters`);
    const seq = rowsOf(list.body['items']).find(({ kind }) => kind === 'appeal-decision')?.['seq'];
    const letter = await world.as('samira').get(`${told.path}/letters/${Number(seq)}?lang=ar`);
    const said = JSON.stringify(letter.body['blocks']);
    expect(said).toContain('سبب panel-1');
    expect(said).toContain('سبب panel-2');
    const timeline = await world.as('samira').get(`${told.path}/timeline`);
    const judged = rowsOf(timeline.body['items']).filter(({ command }) => command === 'decideAppeal');
    expect(judged.map(({ actor }) => actor)).toEqual([
      { role: 'approver', personId: null, name: null, onBehalfOf: null },
      { role: 'approver', personId: null, name: null, onBehalfOf: null },
    ]);
  });
});
