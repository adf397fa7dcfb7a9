// `sanad people`: who there is to sign in as: one line per role, or everybody with --all.
import type { Command } from 'commander';
import type { Role } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import type { PersonDocument } from '../../persistence/person.model.js';
import { activePeople } from '../../persistence/person.repository.js';
import { withDatabase } from '../database.js';
import { surroundings } from '../environment.js';
import type { OutputOptions } from '../output.js';
import { createOutput, table, withOutputOptions } from '../output.js';

type PeopleOptions = OutputOptions & { readonly all?: boolean; readonly role?: string };

/** A demo has about two hundred; a register of real people is read through the API. */
const most = 1_000;

const isHolder = (person: PersonDocument, role: Role): boolean => person.grants.some((grant) => grant.role === role);

/** 2 before 10, as people count. */
const byNumber = new Intl.Collator('en', { numeric: true });
const inOrder = (people: readonly PersonDocument[]): PersonDocument[] =>
  [...people].sort((a, b) => byNumber.compare(a._id, b._id));

const perRole = (people: readonly PersonDocument[]): string => {
  const rows = roles.flatMap((role) => {
    const holders = people.filter((person) => isHolder(person, role));
    const [first, ...others] = holders;
    if (first === undefined) return [];
    return [[role, first._id, first.nameEn, others.length === 0 ? '' : `+ ${others.length} more`]];
  });
  return table([{ title: 'Role' }, { title: 'Sign in as' }, { title: 'Name' }, { title: 'Others' }], rows);
};

const scopeOf = ({ grants }: PersonDocument): string =>
  [
    ...new Set(
      grants.flatMap(({ governorate, level, organisationId }) => governorate ?? level ?? organisationId ?? []),
    ),
  ].join(' ');

const everybody = (people: readonly PersonDocument[]): string =>
  table(
    [{ title: 'Id' }, { title: 'Roles' }, { title: 'For' }, { title: 'Name' }],
    people.map((person) => [
      person._id,
      [...new Set(person.grants.map(({ role }) => role))].join(' '),
      scopeOf(person),
      person.nameEn,
    ]),
  );

const howToSignIn = [
  'Sign in: POST /v1/demo/sign-in {"personId": "signatory-1"}, or on the command line `npm run sanad -- token signatory-1`.',
  'Everybody: `npm run sanad -- people --all`.',
].join('\n');

const documentOf = ({ _id: id, nameAr, nameEn, organisationId, grants }: PersonDocument) => ({
  id,
  nameAr,
  nameEn,
  ...(organisationId === undefined ? {} : { organisationId }),
  grants,
});

const people = async ({ all = false, role, ...options }: PeopleOptions): Promise<void> => {
  const { config } = surroundings();
  const output = createOutput(options);
  const active = inOrder(await withDatabase(config, () => activePeople(most)));
  const shown =
    role === undefined ? active : active.filter((person) => person.grants.some((grant) => grant.role === role));
  const text =
    all || role !== undefined ? everybody(shown) : `People of the demo:\n${perRole(shown)}\n\n${howToSignIn}`;
  output.data(
    active.length === 0 ? 'There are no people yet; load the sample data with `sanad seed`.' : text,
    shown.map(documentOf),
  );
};

export const addPeople = (program: Command): void => {
  withOutputOptions(program.command('people'))
    .option('--all', 'everybody, not one line per role')
    .option('--role <role>', 'only holders of this role, e.g. reviewer')
    .description('who there is to sign in as')
    .addHelpText(
      'after',
      '\nExamples:\n  $ sanad people\n  $ sanad people --role approver\n  $ sanad people --all --json',
    )
    .action(people);
};
