export type { AttributeSchema, AttributeSchemas } from './attributes.js';
export type { ComponentClass } from './component-class.js';
export { COMPONENT_CLASSES } from './component-classes.js';
export { priceComponents } from './price-components.js';
