import { openDatabase } from '@kds/persistence';
import { readConfig } from './config.js';
import { migrations } from './migrations/index.js';

/** Brings the ledger's schema up to date and ends: the Job of a roll-out. Elsewhere the service itself does so as it starts. */
const database = await openDatabase({ url: readConfig().databaseUrl, migrations, applicationName: 'migrate' });
await database.destroy();
