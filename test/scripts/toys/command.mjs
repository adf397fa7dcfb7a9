// A toy command line: writes down that it ran and prints its name.
import { appendFileSync } from 'node:fs';

appendFileSync(process.env.TOY_DIARY, `${process.argv[2]} ran\n`);
console.log(`output of ${process.argv[2]}`);
