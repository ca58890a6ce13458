/** Run by {@link probeBackends}: measures all backends and prints what it found as one line of JSON. */
import { measureBackends } from '@archon-dse/training';

process.stdout.write(JSON.stringify(await measureBackends()));
