// What is only ever added: no line of the product changes or removes a posting or an audit entry.
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const product = ['activities', 'api', 'cli', 'persistence', 'worker', 'verification'];
const changing =
  /(postingCollection\(\)|PostingModel|auditEntryCollection\(\)|AuditEntryModel)\s*\.(update|replace|delete|findOneAnd|findByIdAnd|bulkWrite|remove|drop)/;

const sources = product.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

describe('postings and audit entries', () => {
  it('are changed or removed by no line of the product', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((path) => changing.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('would be found out if they were, over line breaks too', () => {
    expect(changing.test('await postingCollection()\n    .updateOne({}, {})')).toBe(true);
    expect(changing.test('await AuditEntryModel.deleteMany({})')).toBe(true);
    expect(changing.test('await postingCollection().insertMany(rows)')).toBe(false);
  });
});
