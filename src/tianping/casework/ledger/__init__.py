"""台账 · The bytes of the ledger: canonical headers, salted payloads, the chain of hashes, and a verifier that needs no server and no Django."""
