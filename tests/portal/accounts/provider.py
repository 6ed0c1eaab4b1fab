"""统一身份认证（测试） · A small OpenID provider on a real socket that really signs its tokens, with PKCE."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "tianping", "a-client-secret"


class Provider:
    """Who signs in there is ``claims``; ``tampered`` makes it answer for another audience."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.audience = CLIENT
        self.codes: dict[str, dict[str, str]] = {}
        self.address = ""

    def discovery(self) -> dict[str, Any]:
        at = self.address
        ends = {
            "authorization_endpoint": f"{at}/authorize",
            "token_endpoint": f"{at}/token",
            "userinfo_endpoint": f"{at}/userinfo",
            "jwks_uri": f"{at}/jwks",
        }
        return {"issuer": at, **ends, "token_endpoint_auth_methods_supported": ["client_secret_post"], "code_challenge_methods_supported": ["S256"]}

    def authorise(self, asked: dict[str, str]) -> str:
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        asked = self.codes.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        good = form.get("client_id") == CLIENT and form.get("client_secret") == SECRET
        if asked is None or not good or asked.get("code_challenge") != proof:
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": self.audience, "iat": now, "exp": now + 60, **self.claims}
        return {
            "access_token": "at",
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"}),
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [{**RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True), "kid": "1", "use": "sig", "alg": "RS256"}]}


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, behind a socket of this machine."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorise({k: v[0] for k, v in parse_qs(parts.query).items()}))
                self.end_headers()
                return
            pages: dict[str, Callable[[], object]] = {
                "/.well-known/openid-configuration": provider.discovery,
                "/jwks": provider.keys,
                "/userinfo": lambda: provider.claims,
            }
            self._json(pages[parts.path]() if parts.path in pages else None)

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self._json(provider.token({k: v[0] for k, v in form.items()}))

        def _json(self, body: object) -> None:
            self.send_response(400 if body is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()
