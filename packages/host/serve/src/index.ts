export { serveSweeps, type Dashboard, type ServeOptions } from './server.js';
export { serveInThread } from './serve-in-thread.js';
