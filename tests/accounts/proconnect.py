"""An OpenID Connect provider on this machine that behaves like ProConnect: signed userinfo, no unknown parameter,
codes and tokens that work once. Its `lies` make it misbehave, one way at a time."""

from __future__ import annotations

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

ALLOWED = {"client_id", "redirect_uri", "scope", "response_type", "state", "nonce"}
CLIENT, SECRET = "marelle", "not so secret"


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeProConnect(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.key, self.other_key = new_key(), new_key()
        self.person = {
            "sub": "abc-123", "given_name": "Inès", "usual_name": "Morel", "email": "ines.morel@rouen.example",
            "uid": "42", "siret": "21760540100013", "idp_id": "rouen",
        }  # fmt: skip
        self.lies: dict = {}
        self.codes: dict = {}
        self.seen: list = []

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.server_address[1]}/api/v2"

    def sign(self, claims, what):
        lie = self.lies.get(what, {})
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 60} | claims
        claims = {name: value for name, value in (claims | lie.get("claims", {})).items() if value is not None}
        key = self.other_key if lie.get("stranger_signs") else self.key
        if lie.get("algorithm") == "none":
            return jwt.encode(claims, None, algorithm="none", headers={"kid": "k1"})
        if lie.get("algorithm") == "HS256":
            return jwt.encode(claims, "x" * 40, algorithm="HS256", headers={"kid": "k1"})
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": lie.get("kid", "k1")})

    def authorize(self, url):
        """The browser's part: follow the redirection, and come back with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert set(asked) == ALLOWED, f"ProConnect refuses {set(asked) - ALLOWED}"
        assert len(asked["state"]) >= 32
        assert len(asked["nonce"]) >= 32
        assert set(asked["scope"].split()) == {"openid", "given_name", "usual_name", "email", "uid", "siret", "idp_id"}
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked["nonce"]
        return asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]})


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def answer(self, content, kind="application/json", status=200):
        body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        site = self.server
        path = urlsplit(self.path).path.removeprefix("/api/v2")
        if path == "/.well-known/openid-configuration":
            ends = ["authorization", "token", "userinfo", "end_session"]
            where = {f"{end}_endpoint": f"{site.issuer}/{end}" for end in ends}
            where |= {"issuer": site.lies.get("issuer", site.issuer), "jwks_uri": f"{site.issuer}/jwks"}
            self.answer(where | {"token_endpoint_auth_methods_supported": ["client_secret_post"]})
        elif path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(site.key.public_key()))
            self.answer({"keys": [public | {"kid": "k1", "alg": "RS256", "use": "sig"}]})
        elif path == "/userinfo" and self.headers.get("Authorization") == "Bearer once":
            if "plain_userinfo" in site.lies:
                self.answer(site.person)
            else:
                self.answer(site.sign(site.person, "userinfo"), kind="application/jwt; charset=utf-8")
        else:
            self.answer({"error": "unknown"}, status=404)

    def do_POST(self):
        site = self.server
        sent = {n: v[0] for n, v in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
        site.seen.append(sent)
        nonce = site.codes.pop(sent.get("code"), None)
        if nonce is None or sent.get("client_secret") != SECRET:
            self.answer({"error": "invalid_grant"}, status=400)
            return
        told = {"access_token": "once", "token_type": "Bearer", "expires_in": 60}
        self.answer(told | {"id_token": site.sign({"sub": site.person["sub"], "nonce": nonce}, "id_token")})


def serve():
    site = FakeProConnect()
    threading.Thread(target=site.serve_forever, daemon=True).start()
    return site
