import { describeStrategyContract } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import plugin from './index.js';

describeStrategyContract(plugin, { describe, expect, it }, [{ resource: 'network.options.width' }]);
