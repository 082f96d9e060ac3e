// What a person's browser and a system's program do to get a token from an OpenID provider: every
// step over HTTP, against the provider's real pages.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { SignJWT } from 'jose';

export const API = 'urn:navo:api';
export const CALLBACK = 'https://app.example/callback';
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

// One request; redirects are the caller's to follow, as a browser would. `jar` keeps cookies.
function send(url, { form, ca, jar } = {}) {
  const body = form && new URLSearchParams(form).toString();
  const headers = body
    ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length } : {};
  if (jar?.size) headers.cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const client = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const method = body ? 'POST' : 'GET';
    const request = client.request(url, { method, headers, ca }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => {
        for (const cookie of answer.headers['set-cookie'] ?? []) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
          jar?.set(name, value);
        }
        const { location } = answer.headers;
        const next = location && new URL(location, url).href;
        resolve({ status: answer.statusCode, text, location: next });
      });
    });
    request.on('error', reject).end(body);
  });
}

async function tokenFrom(at, form) {
  const answer = await send(`${at.url}/token`, { form, ca: at.ca });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return JSON.parse(answer.text);
}

// Follows redirects to the next page, or to the address the code is sent to.
async function follow(answer, at, jar) {
  let next = answer;
  while (next.location && !next.location.startsWith(CALLBACK)) {
    next = await send(next.location, { ca: at.ca, jar });
  }
  return next;
}

// Authorization code with PKCE (RFC 6749 4.1, RFC 7636): signs in on the login page, agrees on the
// page that asks for consent, and exchanges the code.
export async function authorizationCode(at, { login, resource = API }) {
  const jar = new Map();
  const verifier = randomBytes(32).toString('base64url');
  const state = randomUUID();
  const query = new URLSearchParams({
    client_id: 'web', response_type: 'code', redirect_uri: CALLBACK, state, nonce: randomUUID(),
    scope: 'openid navo', resource, code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  });
  let page = await follow(await send(`${at.url}/auth?${query}`, { ca: at.ca, jar }), at, jar);
  for (const fields of [{ login, password: 'any' }, {}]) {
    const action = /<form[^>]*action="([^"]+)"/.exec(page.text);
    const prompt = /name="prompt" value="([a-z]+)"/.exec(page.text);
    if (!action || !prompt) throw new Error(`no form on the page: ${page.status}`);
    const form = { prompt: prompt[1], ...fields };
    page = await follow(await send(action[1], { form, ca: at.ca, jar }), at, jar);
  }
  const callback = new URL(page.location);
  if (callback.searchParams.get('state') !== state) throw new Error(`no code: ${page.location}`);
  return tokenFrom(at, {
    grant_type: 'authorization_code', code: callback.searchParams.get('code'), resource,
    redirect_uri: CALLBACK, client_id: 'web', code_verifier: verifier,
  });
}

function assertion(at, client, key, claims = {}) {
  return new SignJWT({ jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid })
    .setIssuer(client).setSubject(client).setAudience(at.issuer)
    .setIssuedAt().setExpirationTime('60s').sign(key.privateKey);
}

// Client credentials with private_key_jwt (RFC 7523 2.2): as Entra ID lets a program sign in.
export async function clientCredentials(at, { key, resource = API }) {
  return tokenFrom(at, {
    grant_type: 'client_credentials', scope: 'navo', resource,
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: await assertion(at, 'program', key),
  });
}

// The JWT-bearer grant (RFC 7523 2.1): as Maskinporten lets a program sign in. What it wants stands
// in the assertion.
export async function jwtBearer(at, { key, resource = API }) {
  return tokenFrom(at, {
    grant_type: JWT_BEARER, client_id: 'machine',
    assertion: await assertion(at, 'machine', key, { scope: 'navo', resource }),
  });
}
