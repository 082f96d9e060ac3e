// Three OpenID providers (npm oidc-provider) for the tests of sign-in, and an address to steer them
// by. Started as a process of its own: openid_provider.mjs [CERTIFICATE KEY], PEM files for the one
// that is reached over HTTPS. Says on standard output where everything is, then serves until its
// standard input ends.
//
//   staff         as Entra ID: HTTPS when there is a certificate; NAVident, scp
//   participants  as ID-porten: pid, acr
//   systems       as Maskinporten: consumer
//
// The steering address takes GET requests with `of` = one of the three:
//   /token?of=&flow=&login=&resource=  an answer of the token endpoint, from one of the three flows
//   /set?of=&NAME=VALUE                changes what `settings` below has
//   /rotate?of=                        a new signing key in place of the old one
//   /count?of=                         how often the key set was asked for
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { Provider, errors } from 'oidc-provider';
import {
  API, CALLBACK, JWT_BEARER, authorizationCode, clientCredentials, jwtBearer,
} from './openid_flows.mjs';

// oidc-provider says there that it is set up for tests; nobody reads on after the first line.
console.warn = () => {};
console.info = () => {};
const FLOWS = {
  code: authorizationCode, client_credentials: clientCredentials, jwt_bearer: jwtBearer,
};
const ORGANISATION = { authority: 'iso6523-actorid-upis', ID: '0192:889640782' };
const CLAIMS = {
  staff: (login) => ({ NAVident: login, name: 'Test Testesen', scp: 'navo' }),
  participants: (login) => ({ pid: login, acr: 'idporten-loa-high' }),
  systems: () => ({ consumer: ORGANISATION }),
};
// What the key set's address answers with; anything else is as it should be.
const ANSWERS = {
  huge: (answer) => answer.end(JSON.stringify({ keys: [], padding: 'x'.repeat(1 << 20) })),
  not_json: (answer) => answer.end('<html>Welcome to the portal</html>'),
  other_json: (answer) => answer.end('{"keys": "none"}'),
  redirect: (answer) => answer.writeHead(302, { location: '/elsewhere' }).end(),
  error: (answer) => answer.writeHead(503).end('later'),
  slow: (answer) => answer.write('{"keys": ['),  // and never an end
  cut: (answer) => {
    answer.writeHead(200, { 'content-length': 1000 }).write('{');
    answer.destroy();
  },
};

async function signingKey(alg, kid) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, use: 'sig' };
}

async function clientKey(kid) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' } };
}

function resourceServer(one, resource) {
  return {
    scope: 'navo', audience: resource, accessTokenFormat: 'jwt',
    accessTokenTTL: Number(one.settings.lifetime), jwt: { sign: { alg: one.settings.alg } },
  };
}

// A Maskinporten in small: the assertion names the client, and is taken once.
function addJwtBearer(provider, one) {
  const seen = new Set();
  provider.registerGrantType(JWT_BEARER, async (ctx, next) => {
    const { client, params } = ctx.oidc;
    const keys = createLocalJWKSet(client.jwks);
    const expected = { issuer: client.clientId, audience: one.at.issuer, maxTokenAge: '2m' };
    const { payload } = await jwtVerify(params.assertion, keys, expected)
      .catch((cause) => { throw new errors.InvalidGrant(cause.message); });
    if (seen.has(payload.jti)) throw new errors.InvalidGrant('assertion used before');
    seen.add(payload.jti);
    const resource = payload.resource ?? API;
    const server = new provider.ResourceServer(resource, resourceServer(one, resource));
    const { ClientCredentials } = provider;
    const token = new ClientCredentials({ client, scope: payload.scope, resourceServer: server });
    const value = await token.save();
    ctx.body = { access_token: value, token_type: 'Bearer', expires_in: token.expiration };
    await next();
  }, ['assertion']);
}

async function makeProvider(one) {
  one.generation += 1;
  const suffix = `${one.name}-${one.generation}`;
  const keys = [
    await signingKey('RS256', `rsa-${suffix}`), await signingKey('ES256', `ec-${suffix}`),
  ];
  const provider = new Provider(one.at.issuer, {
    jwks: { keys },
    clients: [
      { client_id: 'web', token_endpoint_auth_method: 'none', redirect_uris: [CALLBACK],
        grant_types: ['authorization_code'], response_types: ['code'],
        id_token_signed_response_alg: 'RS256' },
      { client_id: 'program', token_endpoint_auth_method: 'private_key_jwt', redirect_uris: [],
        grant_types: ['client_credentials'], response_types: [], jwks: { keys: [one.key.jwk] } },
      { client_id: 'machine', token_endpoint_auth_method: 'none', redirect_uris: [],
        grant_types: [JWT_BEARER], response_types: [], jwks: { keys: [one.key.jwk] } },
    ],
    pkce: { required: () => true },
    scopes: ['openid', 'navo'],
    features: {
      devInteractions: { enabled: true }, clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true, defaultResource: async () => API, useGrantedResource: async () => true,
        getResourceServerInfo: async (_ctx, resource) => resourceServer(one, resource),
      },
    },
    findAccount: async (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    extraTokenClaims: async (_ctx, token) => ({
      ...CLAIMS[one.name](token.accountId ?? token.clientId), ...JSON.parse(one.settings.claims),
    }),
    cookies: { keys: ['tests'] },
  });
  addJwtBearer(provider, one);
  return provider;
}

function serve(one, tls) {
  const answerTo = (request, answer) => {
    if (one.settings.down === 'yes') { request.socket.destroy(); return; }
    if (request.url.startsWith('/jwks')) {
      one.keySetRequests += 1;
      const odd = ANSWERS[one.settings.jwks];
      if (odd) { odd(answer); return; }
    }
    if (one.settings.metadata && request.url.startsWith('/.well-known/')) {
      answer.end(one.settings.metadata);
      return;
    }
    one.provider.callback()(request, answer);
  };
  const server = tls ? https.createServer(tls, answerTo) : http.createServer(answerTo);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const url = `${tls ? 'https' : 'http'}://127.0.0.1:${server.address().port}`;
      resolve({ url, issuer: url, ca: tls?.cert });
    });
  });
}

const [certificate, key] = process.argv.slice(2);
const tls = certificate && { cert: readFileSync(certificate), key: readFileSync(key) };
const providers = {};
for (const name of Object.keys(CLAIMS)) {
  const one = {
    name, generation: 0, keySetRequests: 0, key: await clientKey(`client-${name}`),
    settings: { alg: 'RS256', lifetime: '300', claims: '{}', jwks: '', metadata: '', down: '' },
  };
  one.at = await serve(one, name === 'staff' ? tls : undefined);
  one.provider = await makeProvider(one);
  providers[name] = one;
}

const COMMANDS = {
  '/token': (one, { flow, ...how }) => FLOWS[flow](one.at, { ...how, key: one.key }),
  '/set': (one, settings) => Object.assign(one.settings, settings),
  '/rotate': async (one) => { one.provider = await makeProvider(one); return {}; },
  '/count': (one) => ({ key_set_requests: one.keySetRequests }),
};
const steering = http.createServer(async (request, answer) => {
  const url = new URL(request.url, 'http://localhost');
  const { of, ...rest } = Object.fromEntries(url.searchParams);
  try {
    answer.end(JSON.stringify(await COMMANDS[url.pathname](providers[of], rest)));
  } catch (problem) {
    answer.writeHead(500).end(String(problem.stack));
  }
});
steering.listen(0, '127.0.0.1', () => {
  const ready = { steering: `http://127.0.0.1:${steering.address().port}` };
  for (const [name, one] of Object.entries(providers)) ready[name] = one.at.issuer;
  console.log(JSON.stringify(ready));
});
process.stdin.on('end', () => process.exit(0)).resume();
