// Access tokens: HS256 only, with issuer, audience, type and a short life. A token says who; roles are looked up at each call.
import { createSecretKey } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

const issuer = 'sanad';
const audience = 'sanad-api';
const type = 'at+jwt';

const secret = (key: string) => createSecretKey(Buffer.from(key, 'utf8'));

export type IssuedToken = { readonly token: string; readonly expiresAt: string };
export type TokenSettings = { readonly key: string; readonly hours: number; readonly nowMs?: number };

export const issueToken = async (
  personId: string,
  { key, hours, nowMs = Date.now() }: TokenSettings,
): Promise<IssuedToken> => {
  const issuedAt = Math.floor(nowMs / 1000);
  const expires = issuedAt + hours * 3_600;
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: type })
    .setSubject(personId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expires)
    .sign(secret(key));
  return { token, expiresAt: new Date(expires * 1000).toISOString() };
};

export type TokenReader = (token: string) => Promise<string | null>;

/** Reads the person a token names; null when it is not ours, not for us, expired or malformed. */
export const createTokenReader = (key: string): TokenReader => {
  const verifyingKey = secret(key); // one object for all calls: jose keeps what it derives from it
  const rules = { algorithms: ['HS256'], issuer, audience, typ: type, requiredClaims: ['sub', 'exp', 'iat'] };
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, verifyingKey, rules);
      return payload.sub ?? null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  };
};
