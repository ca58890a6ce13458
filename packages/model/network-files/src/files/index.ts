export { readNetworkFile, type NetworkFile } from './read-network-file.js';
