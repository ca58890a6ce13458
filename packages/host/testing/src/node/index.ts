export * from './expect.js';
