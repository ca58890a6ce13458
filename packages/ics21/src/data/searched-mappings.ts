export const SEARCHED_MAPPINGS = `
`;
