// Who may import what (docs/architecture.md), each rule with its reason. Type-only imports pass where `value` says so.
const value = { dependencyTypesNot: ['type-only'] };
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    rule('no-cycles', 'A cycle means that a name is missing, type-only ones too.', {}, { circular: true }),
    rule(
      'domain-is-pure',
      'Domain code is replayed in the sandbox for years and tested without I/O.',
      { path: '^domain/' },
      { pathNot: '^domain/' },
    ),
    rule(
      'areas-are-strangers',
      'An area of the domain can be read alone; what crosses comes as an argument from the spine.',
      { path: '^domain/(review|approval|money|monitoring|closure|audit)/' },
      { path: '^domain/(review|approval|money|monitoring|closure|audit)/', pathNot: '^domain/$1/' },
    ),
    rule(
      'workflows-stay-in-the-sandbox',
      'Anything else breaks the bundle or determinism.',
      { path: '^workflows/' },
      { ...value, pathNot: ['^workflows/', '^domain/', '@temporalio/(workflow|common)'] },
    ),
    rule(
      'no-hashing-in-workflows',
      'The sandbox has no crypto; the recording activity links the chain.',
      { path: '^workflows/' },
      { ...value, path: '^domain/audit/chain' },
    ),
    rule(
      'activities-know-no-http',
      'Activities are called by workflows alone.',
      { path: '^activities/' },
      { path: '^(api|cli|worker|web)/' },
    ),
    rule(
      'persistence-knows-no-callers',
      'Storage serves; it does not decide or call.',
      { path: '^persistence/' },
      { ...value, path: '^(api|activities|workflows|worker|cli)/' },
    ),
    rule(
      'projections-written-by-activities',
      'A projection written by the API would be a second truth.',
      { path: '^(api|cli)/' },
      { ...value, path: '^persistence/.*projection' },
    ),
    rule(
      'mongoose-stays-home',
      'Documents are known in one place.',
      { pathNot: '^(persistence|test|bench|scripts)/', path: '^[a-z]+/' },
      { ...value, path: 'node_modules/(mongoose|mongodb)/' },
    ),
    rule(
      'one-temporal-client',
      'Deadlines, update ids and error mapping of the client are known in one place.',
      { path: '^api/', pathNot: '^api/(grant-gateway|temporal-gateway|main)' },
      { ...value, path: 'node_modules/@temporalio/client' },
    ),
    rule(
      'api-uses-contract-only',
      'The API speaks to workflows through the contract.',
      { path: '^api/' },
      { ...value, path: '^(workflows/(?!contract|visibility)|activities/|worker/)' },
    ),
    rule(
      'cli-speaks-http',
      'Changes go through HTTP, never to Temporal.',
      { path: '^cli/' },
      { ...value, path: 'node_modules/@temporalio/' },
    ),
    rule(
      'bank-texts-are-pure',
      'Bank messages are read and written without I/O: the same text in, the same text out, here and in the simulator.',
      { path: '^bank/' },
      { pathNot: ['^(bank|domain)/', '(^|node_modules/)(zod|fast-xml-parser|csv-stringify)/'] },
    ),
    rule(
      'domain-side-knows-no-bank-texts',
      'Who decides never sees XML; activities and the API read and write it.',
      { path: '^(workflows|persistence|platform|cli)/' },
      { ...value, path: '^bank/' },
    ),
    rule(
      'simulators-stand-outside',
      "A simulator stands for somebody else's system: it shares the form of messages and nothing else, least of all data.",
      { path: '^simulators/' },
      {
        path: '^(domain|workflows|activities|persistence|platform|api|worker|cli|sample|scripts)/',
        pathNot: '^platform/logger',
      },
    ),
    rule(
      'nothing-imports-simulators',
      'The product reaches a simulator as it would reach a bank: over the network.',
      { path: '^(domain|workflows|activities|persistence|platform|api|worker|cli|sample|bank)/' },
      { path: '^simulators/' },
    ),
    rule(
      'verification-only-looks',
      'It reads what others wrote; nothing but the command line and the campaigns knows it.',
      { path: '^verification/' },
      { ...value, path: ['^(api|activities|worker|cli|workflows/(?!contract))/?', '^persistence/.*projection'] },
    ),
    rule(
      'nobody-leans-on-verification',
      'What checks the product is no part of it.',
      { path: '^(domain|workflows|activities|persistence|platform|api|worker|sample)/' },
      { path: '^verification/' },
    ),
    rule('nothing-imports-test', 'Tests do not ship.', { pathNot: '^(test|bench)/' }, { path: '^test/' }),
    rule(
      'nothing-imports-scripts',
      'Scripts set up the house; the house does not know them.',
      { path: '^(domain|workflows|activities|persistence|platform|api|worker|verification|cli|sample)/' },
      { path: '^(scripts|bench)/' },
    ),
    rule(
      'sample-data-does-not-ship-into-rules',
      'Sample data never reaches the product core.',
      { path: '^(domain|workflows|activities|persistence|worker|verification)/' },
      { path: '^sample/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^(dist|bench/out)/' },
  },
};
