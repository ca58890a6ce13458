export { COMPONENT_CLASSES } from './component-classes.js';
export { findClass, knownClasses, type KnownClass } from './known-classes.js';
export { priceComponents, pricerOf, type PricerOptions } from './price-components.js';
