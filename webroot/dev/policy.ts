/** What pages may load, as the server says it too: a build that needs more does not work in the tests. */
export const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'";
