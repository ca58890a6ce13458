export { MAC } from './components.js';
export type { ValueBits } from './narrow.js';
export { readArchitecture, type SpatialArchitecture } from './read-architecture.js';
export { ARCHITECTURE, type ArchitectureDocument } from './schema.js';
export { ARCHITECTURES } from './shipped/index.js';
